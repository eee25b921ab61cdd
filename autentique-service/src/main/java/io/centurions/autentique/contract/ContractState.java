package io.centurions.autentique.contract;

import java.time.Instant;

/**
 * One contract on its way to being signed.
 *
 * <pre>
 * Draft ──send──▶ Sending ──bound──▶ Sent ──all signed────▶ Signed
 *                  ├──refused──▶ Failed ├────someone refused─▶ Rejected
 *                  └──withdrawn─▶ Canceled ──deadline passed──▶ Expired
 *                                       └────withdrawn────────▶ Canceled
 * </pre>
 *
 * A transition exists only on the state that allows it; a finding that comes late changes nothing.
 */
public sealed interface ContractState {

    /** Written down, nothing asked of the provider. */
    record Draft() implements ContractState {
        Sending send() {
            return new Sending();
        }
    }

    /** The provider is being asked to take it; it may have it already without our knowing. */
    record Sending() implements ContractState {
        public Sent bound(String document, Instant at) {
            return new Sent(document, at);
        }

        public Failed refused(String reason, Instant at) {
            return new Failed(reason, at);
        }

        public Canceled withdrawn(Instant at) {
            return new Canceled("before-sending", at);
        }
    }

    /** The signers have it. */
    record Sent(String document, Instant at) implements ContractState {
        Signed signed(Instant when) {
            return new Signed(document, when);
        }

        Rejected rejected(Instant when) {
            return new Rejected(document, when);
        }

        Expired expired(Instant when) {
            return new Expired(document, when);
        }

        public Canceled withdrawn(String reason, Instant when) {
            return new Canceled(reason, when);
        }
    }

    /** Everybody has signed. */
    record Signed(String document, Instant at) implements ContractState {}

    /** Somebody refused to sign. */
    record Rejected(String document, Instant at) implements ContractState {}

    /** Its deadline passed first. */
    record Expired(String document, Instant at) implements ContractState {}

    /** Withdrawn by us, or deleted at the provider. */
    record Canceled(String reason, Instant at) implements ContractState {}

    /** The provider will never take it as it is; a person must look. */
    record Failed(String reason, Instant at) implements ContractState {}

    /** What the provider's confirmed document means for this contract. */
    default ContractState on(Finding finding) {
        if (!(this instanceof Sent sent)) {
            return this;
        }
        return switch (finding) {
            case Finding.AllSigned(Instant at) -> sent.signed(at);
            case Finding.SomeoneRefused(Instant at) -> sent.rejected(at);
            case Finding.DeadlinePassed(Instant at) -> sent.expired(at);
            case Finding.Deleted(Instant at) -> sent.withdrawn("deleted-at-provider", at);
            case Finding.StillOpen open -> this;
        };
    }

    /** Whether anything can still happen to it. */
    default boolean open() {
        return switch (this) {
            case Draft draft -> true;
            case Sending sending -> true;
            case Sent sent -> true;
            case Signed signed -> false;
            case Rejected rejected -> false;
            case Expired expired -> false;
            case Canceled canceled -> false;
            case Failed failed -> false;
        };
    }

    /** Its name in the row and on our API. */
    default String status() {
        return switch (this) {
            case Draft draft -> "draft";
            case Sending sending -> "sending";
            case Sent sent -> "sent";
            case Signed signed -> "signed";
            case Rejected rejected -> "rejected";
            case Expired expired -> "expired";
            case Canceled canceled -> "canceled";
            case Failed failed -> "failed";
        };
    }
}
