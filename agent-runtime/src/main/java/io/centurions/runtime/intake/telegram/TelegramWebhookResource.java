package io.centurions.runtime.intake.telegram;

import io.centurions.platform.problem.Problem;
import io.centurions.platform.webhooks.BodyLimit;
import io.centurions.platform.webhooks.IncomingBodies;
import io.centurions.platform.webhooks.SafeHeaders;
import io.centurions.platform.webhooks.Signatures;
import io.centurions.platform.webhooks.WebhookCounters;
import io.centurions.runtime.intake.InstanceAddress;
import io.centurions.runtime.intake.InstanceAddresses;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a bot's updates come in; the address names the instance. Telegram repeats for a day and holds the whole chat back
 * meanwhile, so whatever is genuine ends in 200 unless it could not be stored.
 */
@Path("/webhooks/telegram/{instanceId}")
@RunOnVirtualThread
@PermitAll
class TelegramWebhookResource {

    private final InstanceAddresses instances;
    private final IncomingBodies bodies;
    private final ReceiveTelegram receive;
    private final WebhookCounters counters;

    TelegramWebhookResource(
            InstanceAddresses instances, IncomingBodies bodies, ReceiveTelegram receive, WebhookCounters counters) {
        this.instances = instances;
        this.bodies = bodies;
        this.receive = receive;
        this.counters = counters;
    }

    /** 200 once stored. A pressed button is answered in the response, which Telegram runs as a call of its API. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @BodyLimit(mebibytes = 4)
    public Response receive(
            @PathParam("instanceId") String instanceId,
            @HeaderParam("X-Telegram-Bot-Api-Secret-Token") String secret,
            @Context HttpHeaders headers,
            InputStream body) {
        InstanceAddress instance = find(instanceId);
        if (instance.deleted()) {
            counters.ignored(ReceiveTelegram.PROVIDER, "deleted_instance");
            return Response.ok().build();
        }
        if (!genuine(instance, secret)) {
            throw Problem.unauthorized("the secret is not this instance's");
        }
        Optional<String> pressed =
                receive.receive(instance, bodies.read(body), SafeHeaders.of(headers::getHeaderString));
        return pressed.map(id -> Response.ok(Map.of("method", "answerCallbackQuery", "callback_query_id", id)))
                .orElseGet(Response::ok)
                .build();
    }

    private InstanceAddress find(String instanceId) {
        return parse(instanceId)
                .flatMap(instances::byId)
                .filter(instance -> "telegram".equals(instance.channel()))
                .orElseThrow(() -> Problem.notFound("instance"));
    }

    private boolean genuine(InstanceAddress instance, String secret) {
        if (secret == null) {
            return false;
        }
        byte[] given = Signatures.sha256(secret);
        return instance.accepts(given)
                || instances
                        .byIdNow(instance.id().value())
                        .filter(now -> now.accepts(given))
                        .isPresent();
    }

    private static Optional<UUID> parse(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
