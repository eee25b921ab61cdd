package io.centurions.autentique.contract;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a document, as the provider confirms it, means: the only thing that moves a sent contract. */
public sealed interface Finding {

    /** Every signature that is asked for is there; the time of the last one. */
    record AllSigned(Instant at) implements Finding {}

    /** One refusal ends it for everybody; the time of the first one. */
    record SomeoneRefused(Instant at) implements Finding {}

    /** Nobody can sign any more. */
    record DeadlinePassed(Instant at) implements Finding {}

    /** It is gone at the provider. */
    record Deleted(Instant at) implements Finding {}

    /** Nothing has been decided. */
    record StillOpen() implements Finding {}

    /**
     * Signatures come before everything else: whoever has all of them has a contract, whatever happened to the document
     * afterwards. The provider's link to a "signed file" says nothing, it is there from the start.
     *
     * @param now the rule's clock, for the deadline
     */
    static Finding of(SeenDocument document, Instant now) {
        List<SeenSignature> signatures = document.signatures();
        Optional<Instant> refused = signatures.stream()
                .filter(SeenSignature::refused)
                .map(SeenSignature::rejectedAt)
                .min(Instant::compareTo);
        if (!signatures.isEmpty() && signatures.stream().allMatch(SeenSignature::signed)) {
            return new AllSigned(signatures.stream()
                    .map(SeenSignature::signedAt)
                    .max(Instant::compareTo)
                    .orElse(now));
        }
        if (refused.isPresent()) {
            return new SomeoneRefused(refused.get());
        }
        if (document.deletedAt() != null) {
            return new Deleted(document.deletedAt());
        }
        if (document.deadlineAt() != null && !document.deadlineAt().isAfter(now)) {
            return new DeadlinePassed(document.deadlineAt());
        }
        return new StillOpen();
    }
}
