package io.centurions.platform.intake;

import io.centurions.platform.webhooks.Origin;

/**
 * One webhook as it came, kept in the statement of its effect.
 *
 * @param body byte for byte; null for one that is not worth keeping, or is kept already: its items are stored all the same
 */
public record Webhook(Origin origin, byte[] body) {

    /** The same, not to be kept. */
    public Webhook unkept() {
        return new Webhook(origin, null);
    }

    int length() {
        return body == null ? 0 : body.length;
    }

    @Override
    public String toString() {
        return "Webhook[" + origin.provider() + "]";
    }
}
