/** The life of a lead, from its first word to the verdict of the Centurion. */
package io.centurions.contracts.lead;
