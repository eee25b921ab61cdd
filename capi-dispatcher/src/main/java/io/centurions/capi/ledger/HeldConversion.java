package io.centurions.capi.ledger;

import io.centurions.capi.mapping.Conversion;
import java.time.Instant;

/**
 * A conversion that this worker has leased.
 *
 * @param conversion   the fact
 * @param attempts     calls made so far
 * @param unknownSince the first call whose outcome nobody knows, null when there is none
 * @param readAt       when this was read, by the clock of the database
 */
public record HeldConversion(Conversion conversion, int attempts, Instant unknownSince, Instant readAt) {}
