package io.centurions.contracts.channel;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.id.Id;
import io.centurions.contracts.id.InstanceId;

/**
 * A number came online, waits for its QR code to be scanned, dropped off, or failed.
 *
 * <p>Written when the state changes, not at each probe. At least once: a repeat has the same event id. No order is
 * promised: reread the state from the service that keeps the connection when it matters.
 *
 * @param instance the instance
 * @param channel  where it lives
 * @param state    the new state
 */
public record InstanceStatusChanged(InstanceId instance, Channel channel, State state) implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "instance.status";

    /** QR_READY: somebody has to scan. ERROR: it does not work, and a person may have to see to it. */
    public enum State {
        CONNECTED,
        QR_READY,
        CONNECTING,
        DISCONNECTED,
        ERROR,
        OTHER
    }

    public InstanceStatusChanged {
        Check.present(instance, "instance");
        Check.present(channel, "channel");
        Check.present(state, "state");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Id subject() {
        return instance;
    }
}
