/**
 * Calls to our other services, each with the issuer's token for this service. Says how a call ended; never runs
 * inside a transaction.
 */
package io.centurions.backoffice.neighbour;
