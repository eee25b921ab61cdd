/** How a run is told: what goes on, the verdict, reports for machines. Decides nothing. */
package io.centurions.chaos.tell;
