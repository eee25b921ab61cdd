package io.centurions.evolution.evolution;

import java.net.URI;

/**
 * What the server has to know to tell us what happens on an instance.
 *
 * @param url    our address of this instance
 * @param secret sent back to us in {@link #SECRET_HEADER} with each webhook, the only proof of its origin
 */
public record WebhookRegistration(URI url, String secret) {

    /** The server signs nothing; it repeats fixed headers. */
    public static final String SECRET_HEADER = "X-Centurions-Webhook-Secret";

    @Override
    public String toString() {
        return "WebhookRegistration[" + url + "]";
    }
}
