/**
 * One company attacks another, as every service's login, in every table that the catalogue shows. Promises
 * that nothing but row-level security stands between the two, and that an attack which cannot fail is found
 * out. Knows no table by name.
 */
package io.centurions.platform.testkit.isolation;
