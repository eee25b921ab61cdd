/**
 * Hundreds of conversations on a fleet whose parts die, and the proof at the end that nothing was lost and nothing came twice. A black
 * box: HTTP to the back office and to the simulators, signals to processes, and the database read for the verdict.
 */
package io.centurions.chaos;
