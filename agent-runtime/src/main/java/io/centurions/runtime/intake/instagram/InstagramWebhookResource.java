package io.centurions.runtime.intake.instagram;

import io.centurions.platform.problem.Problem;
import io.centurions.platform.webhooks.BodyLimit;
import io.centurions.platform.webhooks.SafeHeaders;
import io.centurions.platform.webhooks.Signatures;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/** The one callback address that a Meta app has, for all accounts of all companies. */
@Path("/webhooks/instagram")
@RunOnVirtualThread
@PermitAll
class InstagramWebhookResource {

    private final MetaConfig config;
    private final ReceiveInstagram receive;

    InstagramWebhookResource(MetaConfig config, ReceiveInstagram receive) {
        this.config = config;
        this.receive = receive;
    }

    /** Meta asks once, when the address is registered. */
    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public Response verify(
            @QueryParam("hub.mode") String mode,
            @QueryParam("hub.verify_token") String token,
            @QueryParam("hub.challenge") String challenge) {
        boolean ours = config.verifyToken()
                .filter(expected -> Signatures.matches(expected, token))
                .isPresent();
        if (!"subscribe".equals(mode) || challenge == null || !ours) {
            throw Problem.forbidden("the verify token is not ours");
        }
        return Response.ok(challenge).build();
    }

    /** 200 once everything is stored; 401 when the signature is not over these very bytes. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @BodyLimit(mebibytes = 4)
    public Response receive(
            @HeaderParam("X-Hub-Signature-256") String signature, @Context HttpHeaders headers, byte[] body) {
        byte[] bytes = body == null ? new byte[0] : body;
        if (!isSigned(bytes, signature)) {
            throw Problem.unauthorized("the signature does not belong to this body");
        }
        receive.receive(bytes, SafeHeaders.of(headers::getHeaderString));
        return Response.ok().build();
    }

    // Hashed before parsing: Meta signs escaped JSON, which no serialiser gives back.
    private boolean isSigned(byte[] body, String signature) {
        return config.appSecret()
                .map(secret -> "sha256=" + Signatures.hmacSha256Hex(secret.getBytes(StandardCharsets.UTF_8), body))
                .filter(expected -> Signatures.matches(expected, signature))
                .isPresent();
    }
}
