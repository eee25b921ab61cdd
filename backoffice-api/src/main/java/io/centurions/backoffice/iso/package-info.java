/**
 * The currencies and languages that the world has agreed upon, for whoever is told one. What is kept already stays
 * with whoever keeps it: a country may have given it up meanwhile.
 */
package io.centurions.backoffice.iso;
