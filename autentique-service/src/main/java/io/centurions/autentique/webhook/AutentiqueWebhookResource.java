package io.centurions.autentique.webhook;

import io.centurions.autentique.autentique.Notice;
import io.centurions.autentique.autentique.ReadNotice;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.webhooks.BodyLimit;
import io.centurions.platform.webhooks.Origin;
import io.centurions.platform.webhooks.SafeHeaders;
import io.centurions.platform.webhooks.Signatures;
import io.centurions.platform.webhooks.WebhookCounters;
import io.centurions.platform.webhooks.WebhookInbox;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/**
 * Autentique's webhooks. The signature is checked over the bytes as they came, before anything is read. Answers 200 once
 * stored (also for what we do not act on, or cannot read: repeating would not help), 401 for a wrong signature, 404 for
 * an address that was never registered, 503 when it could not be stored: then it comes again.
 */
@Path("/webhooks/autentique")
@PermitAll
@RunOnVirtualThread
public class AutentiqueWebhookResource {

    private static final String PROVIDER = "autentique";

    private final WebhookConfig config;
    private final ReadNotice readNotice;
    private final KeepNotice keepNotice;
    private final WebhookInbox inbox;
    private final WebhookCounters counters;

    AutentiqueWebhookResource(
            WebhookConfig config,
            ReadNotice readNotice,
            KeepNotice keepNotice,
            WebhookInbox inbox,
            WebhookCounters counters) {
        this.config = config;
        this.readNotice = readNotice;
        this.keepNotice = keepNotice;
        this.inbox = inbox;
        this.counters = counters;
    }

    @POST
    @Path("/{endpointId}")
    @Consumes(MediaType.WILDCARD)
    @BodyLimit(mebibytes = 2)
    public Response receive(
            @PathParam("endpointId") String endpointId,
            @HeaderParam("X-Autentique-Signature") String signature,
            @Context HttpHeaders headers,
            byte[] body) {
        requireGenuine(endpointId, signature, body);
        Origin origin = new Origin(PROVIDER, endpointId, null, null, SafeHeaders.of(headers::getHeaderString));
        switch (readNotice.read(body)) {
            case Notice.AboutDocument notice -> keep(notice, origin, body);
            case Notice.Ignored(String reason) -> keepUnused(reason, origin, body);
            case Notice.Unreadable unreadable -> inbox.keep(origin, body, "unreadable");
        }
        return Response.ok().build();
    }

    private void requireGenuine(String endpointId, String signature, byte[] body) {
        WebhookConfig.Endpoint endpoint = config.endpoints().get(endpointId);
        if (endpoint == null) {
            throw Problem.notFound("webhook-endpoint");
        }
        boolean genuine = endpoint.secret()
                .map(secret -> Signatures.hmacSha256Hex(secret.getBytes(StandardCharsets.UTF_8), body))
                .filter(expected -> Signatures.matches(expected, signature))
                .isPresent();
        if (!genuine) {
            counters.refused(PROVIDER, "signature");
            throw Problem.unauthorized("the signature does not match");
        }
    }

    // A document that is not ours, or whose making has not been answered yet. In the second case nothing is lost: a
    // contract that is sent is confirmed once at once. Only what may be stored of a stranger's is kept.
    private void keep(Notice.AboutDocument notice, Origin origin, byte[] body) {
        switch (keepNotice.keep(notice, origin, body)) {
            case STORED -> counters.stored(PROVIDER, 1);
            case REPEATED -> counters.ignored(PROVIDER, "repeated");
            case UNKNOWN_DOCUMENT -> inbox.keep(origin, readNotice.withoutPeople(notice), "unknown_document");
        }
    }

    // A later release may read more.
    private void keepUnused(String reason, Origin origin, byte[] body) {
        keepNotice.keepAlone(origin, body);
        counters.ignored(PROVIDER, reason);
    }
}
