package io.centurions.autentique.contract;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A contract as our other services see it.
 *
 * @param reason     a code, for failed and canceled ones and for an attempt that is being repeated; null otherwise
 * @param documentId at the signature provider; null until it has confirmed it
 */
public record ContractView(
        UUID id,
        UUID dealId,
        UUID leadId,
        UUID templateId,
        String name,
        String status,
        String reason,
        Instant statusAt,
        long version,
        String documentId,
        Long valueCents,
        String currency,
        Instant deadlineAt,
        boolean cancelRequested,
        Instant createdAt,
        List<SignerView> signers) {

    /** @param state pending, viewed, signed or rejected */
    public record SignerView(UUID id, String name, String delivery, String state, String link) {

        static SignerView of(StoredSigner stored) {
            String state = stored.signedAt() != null
                    ? "signed"
                    : stored.rejectedAt() != null ? "rejected" : stored.viewedAt() != null ? "viewed" : "pending";
            return new SignerView(
                    stored.id(),
                    stored.signer().name(),
                    stored.signer().delivery().wire(),
                    state,
                    stored.link());
        }
    }
}
