/**
 * Keeps an eye on contracts that nobody looks at, and forgets old notices and calls. Promises reports, not deeds: the signing loop
 * works from the same rows.
 */
package io.centurions.autentique.sweep;
