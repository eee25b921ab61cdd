package io.centurions.platform.intake;

import io.centurions.platform.webhooks.Origin;
import java.util.function.IntPredicate;

/**
 * One webhook as it came, kept in the statement of its effect.
 *
 * @param body byte for byte; null for one that is not worth keeping, or is kept already: its items are stored all the same
 * @param cut  takes it apart where some of its items can be stored and some can not
 */
public record Webhook(Origin origin, byte[] body, Cut cut) {

    /** Takes a body apart. */
    @FunctionalInterface
    public interface Cut {

        /** A body that says some of its items alone, counted from 0 as they were given to be stored. */
        byte[] only(IntPredicate items);
    }

    /** One that says a single thing. */
    public Webhook(Origin origin, byte[] body) {
        this(origin, body, items -> body);
    }

    /** The same, not to be kept. */
    public Webhook unkept() {
        return new Webhook(origin, null);
    }

    Webhook only(IntPredicate items) {
        return body == null ? this : new Webhook(origin, cut.only(items));
    }

    int length() {
        return body == null ? 0 : body.length;
    }

    @Override
    public String toString() {
        return "Webhook[" + origin.provider() + "]";
    }
}
