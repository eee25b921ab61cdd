package io.centurions.evolution.evolution;

import java.time.Instant;
import java.util.Objects;

/**
 * The server tells where an instance stands.
 *
 * @param state      as it is now
 * @param reason     a code, or null
 * @param qr         only with {@link State#QR_READY}
 * @param reportedAt the server's clock in its own false UTC, comparable only with other reports of the same instance; null in an answer
 */
public record ConnectionReport(State state, String reason, Qr qr, Instant reportedAt) {

    /** Where an instance can stand, as far as the server tells. */
    public enum State {
        CONNECTING,
        QR_READY,
        CONNECTED,
        DISCONNECTED,
        ERROR
    }

    public ConnectionReport {
        Objects.requireNonNull(state, "state");
        if ((state == State.QR_READY) != (qr != null)) {
            throw new IllegalArgumentException("a QR comes with QR_READY and with nothing else");
        }
    }

    static ConnectionReport of(State state, String reason) {
        return new ConnectionReport(state, reason, null, null);
    }

    static ConnectionReport of(Qr qr) {
        return new ConnectionReport(State.QR_READY, null, qr, null);
    }

    ConnectionReport at(Instant reportedAt) {
        return new ConnectionReport(state, reason, qr, reportedAt);
    }
}
