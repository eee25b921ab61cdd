/**
 * Finds in PostgreSQL what events should have set going and did not, and sets it going. Promises that a lost event costs seconds,
 * and that nothing is done twice: each sweep ends in the code that the event would have reached. Must not decide anything itself.
 */
package io.centurions.runtime.sweep;
