package io.centurions.backoffice.parked;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.audit.HoldingAudit;
import io.centurions.backoffice.idempotency.Keyed;
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
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

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

    /**
     * Which gateway's, received from (inclusive) to (exclusive), and of which instance; null: of all. All as texts: what
     * is read leniently rebuilds more than was asked for.
     *
     * @param from such as {@code 2026-11-20T09:00:00-03:00}
     * @param to   the same
     */
    public record Rebuild(
            @NotBlank String service,
            @NotNull String from,
            @NotNull String to,

            @Pattern(
                    regexp = "\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}",
                    message = "must be a UUID, or absent for all instances")
            String instanceId) {}

    /** The gateway's own account of what it did. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<JsonNode> rebuild(@HeaderParam("Idempotency-Key") String key, @NotNull @Valid Rebuild ask) {
        var window = window(ask);
        Keeper keeper = gateway(ask.service(), window);
        return audit.untilDone(new Keyed("webhooks.rebuilt", key, ask), JsonNode.class, () -> {
                    // The effect is the gateway's and commits there, so the asking is kept before it.
                    audit.write("webhooks.rebuild", Uuid7.next(), kept(ask.service(), window));
                    return rebuilt(keeper, window);
                })
                .ok();
    }

    private JsonNode rebuilt(Keeper keeper, RebuildGateway.RebuildAsk window) {
        return switch (gateways.rebuild(keeper, window)) {
            case Answer.Given<JsonNode>(JsonNode account) -> account;
            case Answer.Refused<JsonNode>(int status, String problem) ->
                throw Problem.unprocessable(
                        "rebuild-refused", keeper.service() + " refused this window with " + status);
            case Answer.Unreachable<JsonNode> away ->
                throw away.problem(keeper.service() + (away.isWell() ? " has no room for it now" : " did not answer")
                        + ", nothing is lost by repeating");
        };
    }

    private RebuildGateway.RebuildAsk window(Rebuild ask) {
        List<Problem.FieldError> wrong = new ArrayList<>();
        Instant from = time("from", ask.from(), wrong);
        Instant to = time("to", ask.to(), wrong);
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
        UUID instance = ask.instanceId() == null ? null : UUID.fromString(ask.instanceId());
        return new RebuildGateway.RebuildAsk(from, to, instance, reach.actor());
    }

    private static Instant time(String field, String text, List<Problem.FieldError> wrong) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException noTime) {
            wrong.add(new Problem.FieldError(field, "must be a time with its offset, such as 2026-11-20T12:00:00Z"));
            return null;
        }
    }

    private Keeper gateway(String service, RebuildGateway.RebuildAsk window) {
        Keeper keeper = Keeper.filtered(service).getFirst();
        if (!gateways.has(keeper)) {
            throw Problem.unprocessable("no-gateway", service + " hears no provider");
        }
        RebuildWindow.require(window.from(), window.to());
        if (Duration.between(window.from(), window.to()).compareTo(LONGEST) > 0) {
            throw Problem.unprocessable("window-invalid", "from lies not more than seven days before to");
        }
        return keeper;
    }

    private static Map<String, String> kept(String service, RebuildGateway.RebuildAsk window) {
        Map<String, String> kept = new LinkedHashMap<>();
        kept.put("service", service);
        kept.put("from", window.from().toString());
        kept.put("to", window.to().toString());
        kept.put("instanceId", Objects.toString(window.instanceId(), null));
        return kept;
    }
}
