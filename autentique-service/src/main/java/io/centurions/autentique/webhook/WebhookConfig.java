package io.centurions.autentique.webhook;

import io.smallrye.config.ConfigMapping;
import java.util.Map;
import java.util.Optional;

/** The endpoints as they are registered in the provider's panel. */
@ConfigMapping(prefix = "webhook")
interface WebhookConfig {

    /** By the last part of their address. The panel makes one per kind of object, each with its own secret. */
    Map<String, Endpoint> endpoints();

    /** One endpoint. */
    interface Endpoint {

        /** As the panel shows it. Without one nothing is taken for genuine. */
        Optional<String> secret();
    }
}
