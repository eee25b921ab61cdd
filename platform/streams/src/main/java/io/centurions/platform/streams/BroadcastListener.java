package io.centurions.platform.streams;

import io.centurions.contracts.Event;

/**
 * Hears one kind of event in every replica that is awake, for instance to tell open screens or to drop a cached value. An
 * application-scoped bean; the service must be in the contract's registry as a listener of the type.
 *
 * <p>May miss events (while starting, while Redis is away) and may hear one twice; nothing is tried again, and an exception
 * is logged and forgotten. What matters is read again from PostgreSQL when it matters. Called on one virtual thread for
 * all listeners of the service, so it must be quick.
 */
public interface BroadcastListener<E extends Event> {

    /** The record that the payload is read as. */
    Class<E> event();

    /** Takes notice. */
    void heard(Received<E> received);
}
