/**
 * The making of a company, step by step: each step is a transaction that also marks it done, so a process
 * that is killed between two of them leaves what a repeat, or the sweep, goes on from. Promises that a
 * finished company is equal however often it was interrupted, and that a making can be undone until it has
 * ended. Knows nothing of how companies are listed or changed.
 */
package io.centurions.backoffice.provisioning;
