package io.centurions.evolution.instance;

import io.centurions.evolution.evolution.EvolutionInstanceClient;
import io.centurions.evolution.evolution.InstanceResult;
import io.centurions.evolution.evolution.WebhookRegistration;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Registers an instance's webhook again when the server still has another address of us than the present one; changes nothing
 * otherwise. An instance that the server does not know is not made: that is for whoever provides it.
 */
@ApplicationScoped
class AlignWebhook {

    private static final Logger LOG = Logger.getLogger(AlignWebhook.class);

    private final EvolutionInstanceClient server;
    private final ToRegistration registration;

    AlignWebhook(EvolutionInstanceClient server, ToRegistration registration) {
        this.server = server;
        this.registration = registration;
    }

    /** False when the server cannot now, and it has to be done again. Blocks; call it outside any transaction. */
    boolean align(WhatsAppInstance instance) {
        WebhookRegistration ours = registration.of(instance);
        return switch (server.registeredUrl(instance.atServer())) {
            case InstanceResult.Done<String>(var url) when url.equals(ours.url().toString()) -> true;
            case InstanceResult.Done<String> former -> settled(instance, server.register(instance.atServer(), ours));
            case InstanceResult<String> unknown -> settled(instance, unknown);
        };
    }

    private static boolean settled(WhatsAppInstance instance, InstanceResult<?> result) {
        return switch (result) {
            case InstanceResult.Done<?> done -> {
                LOG.infof("the webhook follows our new address instance_id=%s", instance.id());
                yield true;
            }
            case InstanceResult.TryLater<?> now -> notNow(instance, now.reason());
            case InstanceResult.NotAsked<?> now -> notNow(instance, now.reason());
            case InstanceResult.Missing<?> missing -> {
                LOG.warnf("no webhook: the server does not know the instance instance_id=%s", instance.id());
                yield true;
            }
            case InstanceResult<?> refused -> {
                LOG.warnf("the server refuses to align the webhook: %s instance_id=%s", refused, instance.id());
                yield true;
            }
        };
    }

    private static boolean notNow(WhatsAppInstance instance, String reason) {
        LOG.debugf("the webhook cannot be aligned now (%s) instance_id=%s", reason, instance.id());
        return false;
    }
}
