package io.centurions.autentique.signing;

import io.centurions.autentique.contract.Contract;
import io.centurions.autentique.contract.ContractState.Sent;
import io.centurions.autentique.contract.SeenDocument;
import io.centurions.autentique.signing.ProviderResult.Accepted;
import io.centurions.autentique.signing.ProviderResult.Refused;
import io.centurions.autentique.signing.ProviderResult.TryLater;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Follows a sent contract. A notice only says that it is time to look: notices come in any order, twice or never, so the
 * state is computed from the document that the provider confirms, also once right after sending and from time to time.
 */
@ApplicationScoped
class ApplyNotice {

    private final SignatureProvider provider;
    private final SigningRepository signing;
    private final RecordDocument recordDocument;
    private final Steps steps;
    private final Clock clock;

    ApplyNotice(
            SignatureProvider provider,
            SigningRepository signing,
            RecordDocument recordDocument,
            Steps steps,
            Clock clock) {
        this.provider = provider;
        this.signing = signing;
        this.recordDocument = recordDocument;
        this.steps = steps;
        this.clock = clock;
    }

    void apply(Held held, Contract contract, Sent sent) {
        switch (steps.call(held, "look", () -> provider.look(held.company(), sent.document()))) {
            case Accepted<Optional<SeenDocument>>(Optional<SeenDocument> seen)
            when seen.isPresent() -> recordDocument.record(held, contract, seen.get());
            case Accepted<Optional<SeenDocument>> missing -> missing(held, contract, sent);
            case TryLater<Optional<SeenDocument>> later -> steps.postpone(held, contract, later);
            case Refused<Optional<SeenDocument>>(String reason) ->
                steps.postpone(held, contract, Duration.ZERO, reason);
        }
    }

    // Missing alone may only mean that the token belongs to another account: then nothing may end.
    private void missing(Held held, Contract contract, Sent sent) {
        if (signing.toldDeleted(held)) {
            steps.move(held, sent.withdrawn("deleted-at-provider", clock.instant()));
        } else {
            steps.postponeMissing(held, contract);
        }
    }
}
