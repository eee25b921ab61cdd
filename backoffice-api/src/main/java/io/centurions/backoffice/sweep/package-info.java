/**
 * Finds in PostgreSQL the leads and contracts whose deal a lost event never made or won, and the companies
 * whose making and the files whose keeping a killed process left behind. Promises that a lost event costs
 * seconds and that nothing is done twice: each sweep ends in the code that the event, or the repeated
 * request, would have reached. Must not decide anything itself.
 */
package io.centurions.backoffice.sweep;
