package io.centurions.autentique.contract;

import java.time.Instant;
import java.util.UUID;

/**
 * A signer as a row.
 *
 * @param id          ours
 * @param position    from 1, the order in which they were given
 * @param signer      who, and how reached
 * @param signatureId the provider's; null until a check has matched it
 * @param link        where to sign; null until known, or when the provider delivers it itself
 * @param viewedAt    null until it happened, as the two after it
 */
public record StoredSigner(
        UUID id,
        int position,
        Signer signer,
        String signatureId,
        String link,
        Instant viewedAt,
        Instant signedAt,
        Instant rejectedAt) {}
