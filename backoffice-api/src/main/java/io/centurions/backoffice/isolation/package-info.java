/**
 * The probe: two companies of nobody that try each minute to get at each other by every way we know of.
 * Promises that an attack which gets through is counted, logged and changes nothing. Knows no table that is
 * not its own but from the catalogue.
 */
package io.centurions.backoffice.isolation;
