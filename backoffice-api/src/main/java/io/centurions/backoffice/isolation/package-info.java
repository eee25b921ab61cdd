/**
 * The probe: two companies of nobody that try each minute to get at each other by every way we know of: by
 * id, list and search, in each other's schema, as its own front, by writing, without claims, through
 * caches, streams, sealed secrets and files, and over the API. And the catalogue's word on the locks of all
 * companies' schemas. Vectors are no way yet: there are none; the caches of other processes are theirs to
 * test. Promises that an attack which gets through is counted, logged and changes nothing. Knows no table
 * that is not its own but from the catalogue; the lead and the deal of a canary come in by the doors of
 * those who own them.
 */
package io.centurions.backoffice.isolation;
