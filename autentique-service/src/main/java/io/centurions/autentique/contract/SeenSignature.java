package io.centurions.autentique.contract;

import java.time.Instant;

/**
 * One signature as the provider shows it; each time is null until it happened.
 *
 * @param id     the provider's
 * @param name   null where the provider does not tell it
 * @param email  null where the signer was not reached by e-mail
 * @param link   where to sign; null where the provider delivers it itself
 * @param reason what the signer wrote when refusing; personal data
 */
public record SeenSignature(
        String id,
        String name,
        String email,
        String link,
        Instant viewedAt,
        Instant signedAt,
        Instant rejectedAt,
        String reason) {

    boolean signed() {
        return signedAt != null;
    }

    boolean refused() {
        return rejectedAt != null;
    }
}
