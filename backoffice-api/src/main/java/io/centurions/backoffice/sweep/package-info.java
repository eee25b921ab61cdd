/**
 * Finds in PostgreSQL the leads and contracts whose deal a lost event never made or won. Promises that a lost event costs seconds
 * and that nothing is done twice: each sweep ends in the code that the event would have reached. Must not decide anything itself.
 */
package io.centurions.backoffice.sweep;
