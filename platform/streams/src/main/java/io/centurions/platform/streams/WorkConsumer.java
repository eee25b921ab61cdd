package io.centurions.platform.streams;

import io.centurions.contracts.Event;

/**
 * Handles one kind of event as work: one replica of the service gets it, and may get it again. An application-scoped
 * bean; the stream and group must be in the contract's registry.
 *
 * <p>Called on a virtual thread under the event's trace, one event of a subject at a time within a replica. The effect,
 * and {@link Consumed#first} where the effect has no key of its own, commit together; the acknowledgement follows the
 * commit. An exception means later; after too many of them the event is parked. An absent database is waited for.
 */
public interface WorkConsumer<E extends Event> {

    /** The record that the payload is read as. */
    Class<E> event();

    /** Does the work and says how it ended. */
    Outcome handle(Received<E> received);
}
