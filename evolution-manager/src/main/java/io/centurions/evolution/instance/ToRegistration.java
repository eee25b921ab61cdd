package io.centurions.evolution.instance;

import io.centurions.evolution.evolution.WebhookRegistration;
import io.centurions.platform.secrets.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;

/** What the server has to know of an instance's webhook: our present address of it, and its secret opened. */
@ApplicationScoped
class ToRegistration {

    private final Secrets secrets;
    private final InstanceConfig config;

    ToRegistration(Secrets secrets, InstanceConfig config) {
        this.secrets = secrets;
        this.config = config;
    }

    WebhookRegistration of(WhatsAppInstance instance) {
        String base = config.baseUrl().toString().replaceFirst("/+$", "");
        URI url = URI.create(base + "/webhooks/evolution/" + instance.id().value());
        String secret = secrets.open(instance.company(), WebhookSecret.SEALED_AS, instance.sealedSecret());
        return new WebhookRegistration(url, secret);
    }
}
