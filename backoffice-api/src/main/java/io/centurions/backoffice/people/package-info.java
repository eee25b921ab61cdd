/**
 * People of a company and people of the holding: invited, changed, deactivated. Hands on to {@code security}
 * whoever is active, and that a deactivated person is refused. Their names and addresses are personal data:
 * no log, event or audit row carries them.
 */
package io.centurions.backoffice.people;
