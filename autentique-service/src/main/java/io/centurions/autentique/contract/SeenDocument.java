package io.centurions.autentique.contract;

import java.time.Instant;
import java.util.List;

/**
 * A document as the provider shows it, in our words.
 *
 * @param id         the provider's
 * @param deadlineAt after which nobody can sign; null without a deadline
 * @param deletedAt  null while it is there
 * @param signatures those that somebody is asked for; the sender's own entry is none
 */
public record SeenDocument(String id, Instant deadlineAt, Instant deletedAt, List<SeenSignature> signatures) {

    public SeenDocument {
        signatures = List.copyOf(signatures);
    }
}
