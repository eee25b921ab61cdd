/**
 * Processes: starts them apart from the terminal, remembers them in files, finds, watches and stops them. Promises that a
 * process is never taken for another that got its number later. Must not know what a process is for.
 */
package io.centurions.local.process;
