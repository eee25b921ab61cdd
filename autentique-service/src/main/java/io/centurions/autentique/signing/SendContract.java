package io.centurions.autentique.signing;

import io.centurions.autentique.contract.Contract;
import io.centurions.autentique.contract.ContractState.Sending;
import io.centurions.autentique.signing.ProviderResult.Accepted;
import io.centurions.autentique.signing.ProviderResult.Refused;
import io.centurions.autentique.signing.ProviderResult.TryLater;
import io.centurions.autentique.signing.SignatureProvider.Paper;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Hands a contract to the provider, once. The provider's own creation is not idempotent: every attempt but the first
 * looks for the document by our reference in its name before it makes one, because an earlier attempt may have been
 * done although its answer was lost, or its process died. What cannot be printed or sent is tried again after a growing
 * wait, and given up in the end.
 */
@ApplicationScoped
class SendContract {

    private static final Logger LOG = Logger.getLogger(SendContract.class);

    private final PrintContract printContract;
    private final SignatureProvider provider;
    private final Steps steps;
    private final SigningConfig config;
    private final Clock clock;

    SendContract(
            PrintContract printContract, SignatureProvider provider, Steps steps, SigningConfig config, Clock clock) {
        this.printContract = printContract;
        this.provider = provider;
        this.steps = steps;
        this.config = config;
        this.clock = clock;
    }

    void send(Held held, Contract contract, Sending sending) {
        Paper paper;
        try {
            paper = printContract.print(held.company(), contract);
        } catch (DatabaseUnavailable away) {
            steps.giveBack(held);
            return;
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "contract %s cannot be printed; runbook contracts-loop", contract.id());
            waitOrGiveUp(held, contract, sending, new TryLater<>(Duration.ZERO, "unprintable"));
            return;
        }
        hand(held, contract, sending, paper);
    }

    private void hand(Held held, Contract contract, Sending sending, Paper paper) {
        if (contract.attempts() == 1) {
            createUnlessCanceled(held, contract, sending, paper);
            return;
        }
        switch (steps.call(held, "find", () -> provider.find(held.company(), paper))) {
            case Accepted<Optional<String>>(Optional<String> earlier)
            when earlier.isPresent() -> steps.move(held, sending.bound(earlier.get(), clock.instant()));
            case Accepted<Optional<String>> none -> createUnlessCanceled(held, contract, sending, paper);
            case TryLater<Optional<String>> later -> waitOrGiveUp(held, contract, sending, later);
            // Not knowing whether it is there already, we must not make it again.
            case Refused<Optional<String>>(String reason) ->
                waitOrGiveUp(held, contract, sending, new TryLater<>(Duration.ZERO, reason));
        }
    }

    private void createUnlessCanceled(Held held, Contract contract, Sending sending, Paper paper) {
        if (contract.cancelRequested()) {
            steps.move(held, sending.withdrawn(clock.instant()));
            return;
        }
        switch (steps.call(held, "create", () -> provider.create(held.company(), paper))) {
            case Accepted<String>(String document) -> steps.move(held, sending.bound(document, clock.instant()));
            case Refused<String>(String reason) -> steps.move(held, sending.refused(reason, clock.instant()));
            case TryLater<String> later -> waitOrGiveUp(held, contract, sending, later);
        }
    }

    private void waitOrGiveUp(Held held, Contract contract, Sending sending, TryLater<?> later) {
        Instant now = clock.instant();
        if (contract.createdAt().plus(config.giveUpAfter()).isBefore(now)) {
            LOG.errorf("a contract is given up: %s; runbook contracts-refused", later.reason());
            steps.move(held, sending.refused("gave-up:" + later.reason(), now));
        } else {
            steps.postpone(held, contract, later);
        }
    }
}
