package io.centurions.backoffice.parked;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.audit.HoldingAudit;
import io.centurions.backoffice.neighbour.Answer;
import io.centurions.backoffice.security.Roles;
import io.centurions.contracts.Uuid7;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.webhooks.RebuildWindow;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Makes a window of received webhooks again what it should have become: messages and what hangs on them, without a second
 * reply, deal, contract or conversion. For the holding's owner alone, across companies. Repeated, it changes nothing.
 */
@Path("/v1/webhooks/rebuild")
@RolesAllowed(Roles.SUPER_ADMIN)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class RebuildResource {

    /** Raw webhooks are kept no longer. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private final Gateways gateways;
    private final HoldingAudit audit;
    private final Reach reach;

    RebuildResource(Gateways gateways, HoldingAudit audit, Reach reach) {
        this.gateways = gateways;
        this.audit = audit;
        this.reach = reach;
    }

    /** Which gateway's, received from (inclusive) to (exclusive), and of which instance; null: of all. */
    public record Rebuild(
            @NotBlank String service,
            @NotNull Instant from,
            @NotNull Instant to,
            UUID instanceId) {}

    /** The gateway's own account of what it did. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public JsonNode rebuild(@NotNull @Valid Rebuild ask) {
        Keeper keeper = gateway(ask);
        // The effect is the gateway's and commits there, so the asking is kept before it.
        audit.write("webhooks.rebuild", Uuid7.next(), kept(ask));
        var window = new WebhookGateway.RebuildAsk(ask.from(), ask.to(), ask.instanceId(), reach.actor());
        return switch (gateways.rebuild(keeper, window)) {
            case Answer.Given<JsonNode>(JsonNode account) -> account;
            case Answer.Refused<JsonNode>(int status, String problem) ->
                throw Problem.unprocessable(
                        "rebuild-refused", keeper.service() + " refused this window with " + status);
            case Answer.Unreachable<JsonNode> away ->
                throw Problem.unavailable(
                        keeper.service() + " did not answer, nothing is lost by repeating", Duration.ofSeconds(5));
        };
    }

    private Keeper gateway(Rebuild ask) {
        Keeper keeper = Keeper.filtered(ask.service()).getFirst();
        if (!gateways.has(keeper)) {
            throw Problem.unprocessable("no-gateway", ask.service() + " hears no provider");
        }
        RebuildWindow.require(ask.from(), ask.to());
        if (Duration.between(ask.from(), ask.to()).compareTo(LONGEST) > 0) {
            throw Problem.unprocessable("window-invalid", "from lies not more than seven days before to");
        }
        return keeper;
    }

    private static Map<String, String> kept(Rebuild ask) {
        Map<String, String> kept = new LinkedHashMap<>();
        kept.put("service", ask.service());
        kept.put("from", ask.from().toString());
        kept.put("to", ask.to().toString());
        kept.put(
                "instanceId", ask.instanceId() == null ? null : ask.instanceId().toString());
        return kept;
    }
}
