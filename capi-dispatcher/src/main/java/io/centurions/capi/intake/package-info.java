/**
 * Turns facts of other services into conversions, one per fact and dataset, however often and in whatever order the
 * facts come. Hands on rows of the ledger. Must not know how they are sent.
 */
package io.centurions.capi.intake;
