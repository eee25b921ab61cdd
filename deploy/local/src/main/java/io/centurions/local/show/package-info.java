/**
 * What the person at the terminal sees: progress with the time it took, readable logs, tables. Must not know what is shown.
 */
package io.centurions.local.show;
