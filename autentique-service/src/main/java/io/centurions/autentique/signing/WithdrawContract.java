package io.centurions.autentique.signing;

import io.centurions.autentique.contract.Contract;
import io.centurions.autentique.contract.ContractState.Sent;
import io.centurions.autentique.contract.Finding;
import io.centurions.autentique.contract.SeenDocument;
import io.centurions.autentique.signing.ProviderResult.Accepted;
import io.centurions.autentique.signing.ProviderResult.Refused;
import io.centurions.autentique.signing.ProviderResult.TryLater;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Withdraws a sent contract: stops further signing, looks who was faster, and only then takes the document away. Whoever
 * has all signatures by then has a contract. Every step may be repeated after a crash.
 */
@ApplicationScoped
class WithdrawContract {

    private final SignatureProvider provider;
    private final RecordDocument recordDocument;
    private final Steps steps;
    private final Clock clock;

    WithdrawContract(SignatureProvider provider, RecordDocument recordDocument, Steps steps, Clock clock) {
        this.provider = provider;
        this.recordDocument = recordDocument;
        this.steps = steps;
        this.clock = clock;
    }

    void withdraw(Held held, Contract contract, Sent sent) {
        var blocked = steps.call(held, "block", () -> provider.block(held.company(), sent.document()));
        if (blocked instanceof TryLater<String> later) {
            steps.postpone(held, contract, later);
            return;
        }
        switch (steps.call(held, "look", () -> provider.look(held.company(), sent.document()))) {
            case Accepted<Optional<SeenDocument>>(Optional<SeenDocument> seen)
            when seen.isEmpty() -> steps.move(held, sent.withdrawn("requested", clock.instant()));
            case Accepted<Optional<SeenDocument>>(Optional<SeenDocument> seen)
            when decided(seen.get()) -> recordDocument.record(held, contract, seen.get());
            case Accepted<Optional<SeenDocument>> open
            when blocked instanceof Refused<String>(String reason) ->
                steps.postpone(held, contract, Duration.ZERO, reason);
            case Accepted<Optional<SeenDocument>> open -> delete(held, contract, sent);
            case TryLater<Optional<SeenDocument>> later -> steps.postpone(held, contract, later);
            case Refused<Optional<SeenDocument>>(String reason) ->
                steps.postpone(held, contract, Duration.ZERO, reason);
        }
    }

    // The deadline that has passed is the one we have just set.
    private boolean decided(SeenDocument document) {
        return switch (Finding.of(document, clock.instant())) {
            case Finding.AllSigned signed -> true;
            case Finding.SomeoneRefused refused -> true;
            case Finding.Deleted deleted -> true;
            case Finding.DeadlinePassed passed -> false;
            case Finding.StillOpen open -> false;
        };
    }

    private void delete(Held held, Contract contract, Sent sent) {
        switch (steps.call(held, "delete", () -> provider.delete(held.company(), sent.document()))) {
            case Accepted<String> accepted -> steps.move(held, sent.withdrawn("requested", clock.instant()));
            case TryLater<String> later -> steps.postpone(held, contract, later);
            case Refused<String>(String reason) -> steps.postpone(held, contract, Duration.ZERO, reason);
        }
    }
}
