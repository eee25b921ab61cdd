/**
 * Invitations: a token that is told once and makes whoever brings it, signed in and with the invited address,
 * the person it was made for. Knows the two lists of people only as far as accepting needs; {@code people}
 * makes and withdraws invitations.
 */
package io.centurions.backoffice.invitation;
