package io.centurions.evolution.instance;

import java.security.SecureRandom;
import java.util.Base64;

/** A secret that only the server and we know, one per instance. */
final class WebhookSecret {

    /** The name it is sealed under. */
    static final String SEALED_AS = "webhook_secret";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private WebhookSecret() {}

    static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
