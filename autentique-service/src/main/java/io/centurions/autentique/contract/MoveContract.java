package io.centurions.autentique.contract;

import io.centurions.contracts.Event;
import io.centurions.contracts.contract.ContractCanceled;
import io.centurions.contracts.contract.ContractCreated;
import io.centurions.contracts.contract.ContractExpired;
import io.centurions.contracts.contract.ContractRejected;
import io.centurions.contracts.contract.ContractSigned;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * The one place where a contract's state is written: row and event in one transaction, once per state. Also says when
 * the contract must be looked at again. Every write requires the fence of the claim that it ends.
 */
@ApplicationScoped
public class MoveContract {

    private static final String MOVE = """
            UPDATE core.contracts
               SET status = $4::text, status_reason = $5::text, status_at = $6::timestamptz, version = version + 1,
                   autentique_id = coalesce($7::text, autentique_id),
                   sent_at = CASE WHEN $4::text = 'sent' THEN $6::timestamptz ELSE sent_at END,
                   due_at = CASE WHEN $4::text = 'sent' THEN clock_timestamp() END,
                   attempts = 0, lease_until = NULL, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2 AND fence = $3""";

    /** A notice or a wish to cancel that came after the row was read leaves the contract due at once. */
    private static final String REST = """
            UPDATE core.contracts
               SET due_at = CASE WHEN notices = $4 AND cancel_requested_at IS NULL
                                 THEN clock_timestamp() + $5::text::interval ELSE clock_timestamp() END,
                   status_reason = NULL, attempts = 0, lease_until = NULL, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2 AND fence = $3""";

    /**
     * The lease is nobody's: a notice or a wish to cancel makes the contract due at once, but has it asked about no
     * sooner, else each would be one more failure, by which the wait grows.
     */
    private static final String POSTPONE = """
            UPDATE core.contracts
               SET due_at = clock_timestamp() + $4::text::interval, status_reason = $5,
                   lease_until = clock_timestamp() + $6::text::interval, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2 AND fence = $3""";

    /**
     * The claim had counted a call that was not made. What is given back already is left alone: a repeat is harmless.
     */
    private static final String GIVE_BACK = """
            UPDATE core.contracts
               SET attempts = attempts - 1, lease_until = NULL, due_at = clock_timestamp() + $4::text::interval,
                   status_reason = $5, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2 AND fence = $3 AND lease_until IS NOT NULL""";

    private final Outbox outbox;

    MoveContract(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * Writes the next state and its event. After {@code Sent} the contract stays due, so that what was signed before we
     * knew the document is caught up with; after an end it is never due again. Whose claim is lost moves and tells
     * nothing.
     */
    public void to(Tx tx, Contract contract, long fence, ContractState next) {
        int moved = tx.execute(
                MOVE,
                tx.company().value(),
                contract.id().value(),
                fence,
                next.status(),
                reason(next),
                at(next, contract).atOffset(ZoneOffset.UTC),
                document(next));
        if (moved == 1) {
            event(contract, next).ifPresent(event -> outbox.append(tx, event));
        }
    }

    /** Nothing has changed: looks again when the next notice comes, or after the wait. */
    public void rest(Tx tx, Contract contract, long fence, Duration wait) {
        tx.execute(REST, tx.company().value(), contract.id().value(), fence, contract.notices(), wait.toString());
    }

    /**
     * The step did not succeed and is repeated after the wait.
     *
     * @param least before which it is not repeated, whatever is told or wished meanwhile
     */
    public void postpone(Tx tx, UUID contract, long fence, Duration wait, Duration least, String reason) {
        tx.execute(POSTPONE, tx.company().value(), contract, fence, wait.toString(), reason, least.toString());
    }

    /** What the step had to ask the provider was not asked: it counts as no attempt and is made after the wait. */
    public void giveBack(Tx tx, UUID contract, long fence, Duration wait, String reason) {
        tx.execute(GIVE_BACK, tx.company().value(), contract, fence, wait.toString(), reason);
    }

    private static Optional<Event> event(Contract contract, ContractState next) {
        return switch (next) {
            case ContractState.Sent(String document, Instant at) ->
                Optional.of(new ContractCreated(contract.id(), contract.deal(), contract.lead(), at));
            case ContractState.Signed(String document, Instant at) ->
                Optional.of(new ContractSigned(contract.id(), contract.deal(), contract.lead(), at));
            case ContractState.Rejected(String document, Instant at) ->
                Optional.of(new ContractRejected(contract.id(), contract.deal(), contract.lead(), at));
            case ContractState.Expired(String document, Instant at) ->
                Optional.of(new ContractExpired(contract.id(), contract.deal(), contract.lead(), at));
            case ContractState.Canceled(String reason, Instant at) ->
                Optional.of(new ContractCanceled(contract.id(), contract.deal(), contract.lead(), at));
            case ContractState.Draft draft -> Optional.empty();
            case ContractState.Sending sending -> Optional.empty();
            case ContractState.Failed failed -> Optional.empty();
        };
    }

    private static String reason(ContractState next) {
        return switch (next) {
            case ContractState.Canceled(String reason, Instant at) -> reason;
            case ContractState.Failed(String reason, Instant at) -> reason;
            default -> null;
        };
    }

    private static String document(ContractState next) {
        return next instanceof ContractState.Sent(String document, Instant at) ? document : null;
    }

    private static Instant at(ContractState next, Contract contract) {
        return switch (next) {
            case ContractState.Draft draft -> contract.createdAt();
            case ContractState.Sending sending -> contract.createdAt();
            case ContractState.Sent(String document, Instant at) -> at;
            case ContractState.Signed(String document, Instant at) -> at;
            case ContractState.Rejected(String document, Instant at) -> at;
            case ContractState.Expired(String document, Instant at) -> at;
            case ContractState.Canceled(String reason, Instant at) -> at;
            case ContractState.Failed(String reason, Instant at) -> at;
        };
    }
}
