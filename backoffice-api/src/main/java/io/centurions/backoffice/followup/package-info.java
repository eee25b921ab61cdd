/**
 * Follow-ups: when a Centurion writes again to a lead who fell silent, and when it no longer does. Checks the
 * plan; knows nothing of leads or of sending.
 */
package io.centurions.backoffice.followup;
