package io.centurions.autentique.signing;

import io.centurions.autentique.contract.Contract;
import io.centurions.autentique.contract.ContractRepository;
import io.centurions.autentique.contract.ContractState;
import io.centurions.autentique.contract.MoveContract;
import io.centurions.autentique.signing.ProviderResult.TryLater;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.tenancy.KeepTrying;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What every step has in common: a call is made outside of any transaction and written down; its effect is written only
 * while the claim still holds. A claim that was lost ends silently, because somebody else goes on.
 */
@ApplicationScoped
class Steps {

    private static final Logger LOG = Logger.getLogger(Steps.class);
    // A database that can no more would else be asked again and again.
    private static final Duration BACK_AFTER = Duration.ofSeconds(2);
    private static final Duration LEAST_REST = Duration.ofSeconds(1);
    private static final int LOOKS_FOR_A_LATE_DOCUMENT = 5;
    // Somebody may have signed. What was told longer ago may be about a document that can never be read.
    private static final Duration NOTICE_IS_FRESH = Duration.ofHours(1);

    private final Database database;
    private final ContractRepository contracts;
    private final SigningRepository signing;
    private final MoveContract move;
    private final SigningConfig config;

    Steps(
            Database database,
            ContractRepository contracts,
            SigningRepository signing,
            MoveContract move,
            SigningConfig config) {
        this.database = database;
        this.contracts = contracts;
        this.signing = signing;
        this.move = move;
        this.config = config;
    }

    /** The contract, while the claim holds. Where the database is away meanwhile, empty too: the claim is given back. */
    Optional<Contract> read(Held held) {
        try {
            return database.asCompany(held.company(), tx -> contracts.held(tx, held.contract(), held.fence()));
        } catch (DatabaseUnavailable away) {
            giveBack(held);
            return Optional.empty();
        }
    }

    /**
     * Before the provider was asked anything the database went away: as soon as it answers, the contract is anybody's
     * again, and need not wait for the end of the lease, which is longer than all calls of a step.
     */
    void giveBack(Held held) {
        KeepTrying.untilWritten(
                config.lease(),
                () -> database.runAsCompany(
                        held.company(),
                        tx -> move.giveBack(tx, held.contract().value(), held.fence(), BACK_AFTER, "database-away")));
        LOG.warn("the database was away before the provider was asked: the contract is given back");
    }

    /** Makes one call to the provider and keeps how it ended, if it was made. */
    <T> ProviderResult<T> call(Held held, String step, Supplier<ProviderResult<T>> call) {
        long started = System.nanoTime();
        ProviderResult<T> result = call.get();
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        if (result.tried()) {
            keepTrying(held, tx -> signing.attempted(tx, held.contract(), step, result, took));
        }
        if (result instanceof ProviderResult.Refused<T> refused) {
            LOG.errorf("the provider refused to %s a document: %s; runbook contracts-refused", step, refused.reason());
        }
        return result;
    }

    /** Writes an effect, if the claim still holds; reads the contract again first, because it may have changed. */
    void write(Held held, BiConsumer<Tx, Contract> effect) {
        keepTrying(
                held,
                tx -> contracts
                        .held(tx, held.contract(), held.fence())
                        .ifPresent(contract -> effect.accept(tx, contract)));
    }

    void move(Held held, ContractState next) {
        write(held, (tx, contract) -> {
            // There already: an earlier try was committed and only its answer was lost.
            if (!contract.state().status().equals(next.status())) {
                move.to(tx, contract, held.fence(), next);
            }
        });
    }

    // What the provider answered is lost with us. Together with the calls of a step this stays within the lease.
    private void keepTrying(Held held, Consumer<Tx> write) {
        KeepTrying.untilWritten(config.lease().dividedBy(6), () -> database.runAsCompany(held.company(), write));
    }

    /**
     * Writes the next state, or, when it is the same, lets the contract rest until the next notice.
     *
     * @param before as it was read before the provider was asked: a notice that came since leaves it due
     */
    void moveOrRest(Tx tx, Held held, Contract before, Contract now, ContractState next) {
        if (next.equals(now.state())) {
            move.rest(tx, before, held.fence(), config.reconcileAfter());
        } else {
            move.to(tx, now, held.fence(), next);
        }
    }

    /** The provider does not show the document: soon at first, because it may only be late; then rarely, as each look may be billed. */
    void postponeMissing(Held held, Contract before) {
        boolean late = before.attempts() <= LOOKS_FOR_A_LATE_DOCUMENT;
        postpone(held, before, late ? Duration.ZERO : config.reconcileAfter(), "document-missing");
    }

    /**
     * Repeats the step: after a wait that grows, unless a fresh notice is without an answer; or, when the provider was not
     * asked, as soon as it may be.
     */
    void postpone(Held held, Contract before, TryLater<?> later) {
        if (later.tried()) {
            write(held, (tx, now) -> {
                boolean soon = heardMore(before, now) || signing.toldWithin(tx, held.contract(), NOTICE_IS_FRESH);
                postpone(tx, held, waitAfter(soon ? 1 : before.attempts(), later.atLeast()), later.reason());
            });
        } else {
            comeBack(held, later);
        }
    }

    /** The provider answered, but not so that the step could succeed: repeats it after a growing wait, or soon when more was heard. */
    void postpone(Held held, Contract before, Duration atLeast, String reason) {
        write(held, (tx, now) -> {
            Duration wait =
                    heardMore(before, now) ? waitAfter(1, Duration.ZERO) : waitAfter(before.attempts(), atLeast);
            postpone(tx, held, wait, reason);
        });
    }

    // What came while the provider was asked is not answered by what it said.
    private static boolean heardMore(Contract before, Contract now) {
        return now.notices() != before.notices() || now.cancelRequested() != before.cancelRequested();
    }

    private void postpone(Tx tx, Held held, Duration wait, String reason) {
        LOG.warnf("contract waits %d ms: %s", wait.toMillis(), reason);
        move.postpone(tx, held.contract().value(), held.fence(), wait, config.firstWait(), reason);
    }

    // As if the claim had not been made: what was never offered need not be looked for, and its wait does not grow.
    private void comeBack(Held held, TryLater<?> kept) {
        Duration rest = kept.atLeast().compareTo(LEAST_REST) < 0 ? LEAST_REST : kept.atLeast();
        Duration wait = waitAfter(1, rest, Duration.ZERO);
        LOG.warnf("contract comes back in %d ms: %s", wait.toMillis(), kept.reason());
        write(held, (tx, now) -> move.giveBack(tx, held.contract().value(), held.fence(), wait, kept.reason()));
    }

    private Duration waitAfter(int attempts, Duration atLeast) {
        return waitAfter(attempts, config.firstWait(), atLeast);
    }

    private Duration waitAfter(int attempts, Duration first, Duration atLeast) {
        return RetryWait.after(
                attempts,
                first,
                config.longestWait(),
                atLeast,
                ThreadLocalRandom.current().nextDouble());
    }
}
