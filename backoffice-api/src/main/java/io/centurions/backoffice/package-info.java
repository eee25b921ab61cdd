/**
 * The back office: what the holding's people configure and read. Conversations go on without it. One package per
 * feature; {@code security}, {@code audit}, {@code idempotency}, {@code paging} and {@code neighbour} serve all of
 * them.
 */
package io.centurions.backoffice;
