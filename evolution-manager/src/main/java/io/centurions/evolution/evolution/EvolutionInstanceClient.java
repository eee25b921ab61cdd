package io.centurions.evolution.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.evolution.evolution.ConnectionReport.State;
import io.centurions.evolution.evolution.EvolutionHttp.Purpose;
import io.centurions.evolution.evolution.Heard.Answered;
import io.centurions.evolution.evolution.Heard.NoAnswer;
import io.centurions.evolution.evolution.Heard.NotSent;
import io.centurions.platform.providers.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Life of an instance at the Evolution server. Every call may be repeated. Blocks; call it outside any transaction. That something was
 * done, or that an instance or a name is there or not, is believed of the server's own words alone: a proxy before it answers 200, 403
 * and 404, too.
 */
@ApplicationScoped
public class EvolutionInstanceClient {

    /** What we ask to be told. The rest of the server's events say nothing about conversations. */
    static final List<String> EVENTS = List.of(
            "QRCODE_UPDATED",
            "CONNECTION_UPDATE",
            "MESSAGES_UPSERT",
            "MESSAGES_UPDATE",
            "MESSAGES_EDITED",
            "MESSAGES_DELETE",
            "SEND_MESSAGE",
            "PRESENCE_UPDATE",
            "LOGOUT_INSTANCE",
            "REMOVE_INSTANCE",
            "STATUS_INSTANCE");

    /** Whoever provides an instance has waited for its QR code already. */
    private static final Duration LOOK_UP_ANSWERED_WITHIN = Duration.ofSeconds(3);

    private static final Pattern NAME_IN_USE = Pattern.compile("is already in use");
    private static final Pattern NO_INSTANCE = Pattern.compile("instance does not exist|^\\[\"Instance .* not found");
    private static final Pattern NOT_CONNECTED = Pattern.compile("instance is not connected");

    private final EvolutionHttp http;
    private final EvolutionConfig config;

    EvolutionInstanceClient(EvolutionHttp http, EvolutionConfig config) {
        this.http = http;
        this.config = config;
    }

    /**
     * A new instance, as the server made it.
     *
     * @param token  opens this instance alone; may be absent
     * @param report where it stands at once
     */
    public record Created(String token, ConnectionReport report) {
        @Override
        public String toString() {
            return "Created[" + report.state() + "]";
        }
    }

    /** Makes the instance with its webhook in one call, so that no event is missed in between. */
    public InstanceResult<Created> create(ServerInstance at, WebhookRegistration webhook) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("instanceName", at.name()).put("integration", "WHATSAPP-BAILEYS");
        body.put("qrcode", true).put("groupsIgnore", true);
        body.set("webhook", registered(webhook));
        Heard heard = ask(at, http.post("/instance/create", body, config.instanceTimeout()));
        return says(heard, 403, NAME_IN_USE)
                ? new InstanceResult.NameInUse<>()
                : read(
                        heard,
                        answer -> answer.path("instance").path("instanceName").isTextual(),
                        EvolutionInstanceClient::created);
    }

    /** Points an existing instance at our webhook. */
    public InstanceResult<Void> register(ServerInstance at, WebhookRegistration webhook) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("webhook", registered(webhook));
        return read(
                ask(at, http.post("/webhook/set" + at.segment(), body, config.instanceTimeout())),
                EvolutionInstanceClient::isWebhook,
                answer -> null);
    }

    /** Where the server sends the instance's webhooks now; empty when nowhere. */
    public InstanceResult<String> registeredUrl(ServerInstance at) {
        return read(
                ask(
                        at,
                        http.get("/webhook/find" + at.segment(), config.callTimeout())
                                .repeated()),
                answer -> answer.isNull() || isWebhook(answer),
                answer -> answer.path("url").asText(""));
    }

    /** Asks for a QR, or learns that none is needed. The number, when given, asks for a pairing code too. */
    public InstanceResult<ConnectionReport> connect(ServerInstance at, String number) {
        String query = number == null ? "" : "?number=" + EvolutionHttp.segment(number);
        return read(
                ask(at, http.get("/instance/connect" + at.segment() + query, config.instanceTimeout())),
                EvolutionInstanceClient::isStanding,
                EvolutionInstanceClient::standing);
    }

    /** Where the instance stands now. */
    public InstanceResult<ConnectionReport> state(ServerInstance at) {
        return read(
                ask(
                        at,
                        http.get("/instance/connectionState" + at.segment(), config.callTimeout())
                                .repeated()),
                EvolutionInstanceClient::isStanding,
                EvolutionInstanceClient::standing);
    }

    /** Drops the connection and opens it again. */
    public InstanceResult<ConnectionReport> restart(ServerInstance at) {
        return read(
                ask(
                        at,
                        http.post(
                                "/instance/restart" + at.segment(),
                                JsonNodeFactory.instance.objectNode(),
                                config.instanceTimeout())),
                EvolutionInstanceClient::isStanding,
                EvolutionInstanceClient::standing);
    }

    /** Unpairs the phone. One that is not connected is as good as logged out. */
    public InstanceResult<Void> logout(ServerInstance at) {
        Heard heard = ask(at, http.delete("/instance/logout" + at.segment(), config.instanceTimeout()));
        return says(heard, 400, NOT_CONNECTED) ? new InstanceResult.Done<>(null) : carriedOut(heard);
    }

    /** Removes the instance. One that is gone already is removed. */
    public InstanceResult<Void> delete(ServerInstance at) {
        InstanceResult<Void> result =
                carriedOut(ask(at, http.delete("/instance/delete" + at.segment(), config.instanceTimeout())));
        return result instanceof InstanceResult.Missing<Void> ? new InstanceResult.Done<>(null) : result;
    }

    /**
     * Whether the server answers look-ups of messages, without which an unknown send stays unknown. One that refuses them, in words of
     * its own, does not; one that is away, fails, wants to be left alone, or refuses our key or the instance leaves it open. One that fails
     * at look-ups alone is not taken for ill: they have a breaker of their own.
     */
    public InstanceResult<Boolean> keepsMessages(ServerInstance at) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("where").putObject("key").put("fromMe", true);
        body.put("page", 1).put("offset", 1);
        Request request = http.post("/chat/findMessages" + at.segment(), body, LOOK_UP_ANSWERED_WITHIN);
        InstanceResult<Boolean> told = read(
                http.ask(Purpose.LOOK_UPS, at, request.repeated()),
                answer -> answer.isArray() || answer.path("messages").isObject(),
                answer -> answer.path("messages").path("records").isArray());
        return told instanceof InstanceResult.Refused<Boolean>(var reason) && !reason.equals("http_401")
                ? new InstanceResult.Done<>(false)
                : told;
    }

    private Heard ask(ServerInstance at, Request request) {
        return http.ask(Purpose.INSTANCES, at, request);
    }

    private static ObjectNode registered(WebhookRegistration webhook) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("enabled", true).put("url", webhook.url().toString());
        node.putObject("headers").put(WebhookRegistration.SECRET_HEADER, webhook.secret());
        // base64 off: media is fetched afterwards, so that a webhook stays small enough to be stored fast.
        node.put("byEvents", false).put("base64", false);
        EVENTS.forEach(node.putArray("events")::add);
        return node;
    }

    private static InstanceResult<Void> carriedOut(Heard heard) {
        return read(
                heard,
                answer -> answer.path("status").asText().equals("SUCCESS")
                        && answer.path("response").has("message"),
                answer -> null);
    }

    private static <T> InstanceResult<T> read(Heard heard, Predicate<JsonNode> own, Function<JsonNode, T> value) {
        return switch (heard) {
            case NotSent(var reason, var after) -> new InstanceResult.NotAsked<>(reason, after);
            case NoAnswer(var reason) -> new InstanceResult.TryLater<>(reason, Duration.ZERO);
            case Answered answered when answered.done(own) -> new InstanceResult.Done<>(value.apply(answered.body()));
            case Answered answered
            when answered.ok() -> new InstanceResult.TryLater<>("server_error", answered.retryAfter());
            case Answered answered when says(answered, 404, NO_INSTANCE) -> new InstanceResult.Missing<>();
            case Answered answered
            when answered.refusal().isEmpty() || answered.status() == 429 || answered.status() >= 500 ->
                new InstanceResult.TryLater<>("http_" + answered.status(), answered.retryAfter());
            case Answered answered -> new InstanceResult.Refused<>("http_" + answered.status());
        };
    }

    private static boolean says(Heard heard, int status, Pattern words) {
        return heard instanceof Answered answered
                && answered.status() == status
                && words.matcher(answered.refusal()).find();
    }

    private static boolean isWebhook(JsonNode answer) {
        return answer.path("url").isTextual();
    }

    // Where it stands, or the codes shown so far with the newest of them: none is {"count":0}.
    private static boolean isStanding(JsonNode answer) {
        JsonNode instance = answer.path("instance");
        return instance.path("state").isTextual()
                || instance.path("status").isTextual()
                || answer.path("count").isNumber();
    }

    private static Created created(JsonNode answer) {
        JsonNode hash = answer.path("hash");
        Qr qr = Qr.of(answer.path("qrcode"));
        ConnectionReport report = qr == null
                ? ConnectionReport.of(
                        stateOf(answer.path("instance").path("status").asText("")), null)
                : ConnectionReport.of(qr);
        return new Created(Wire.text(hash.isObject() ? hash.path("apikey") : hash), report);
    }

    private static ConnectionReport standing(JsonNode answer) {
        Qr qr = Qr.of(answer);
        if (qr != null) {
            return ConnectionReport.of(qr);
        }
        JsonNode instance = answer.path("instance");
        return ConnectionReport.of(
                stateOf(instance.path("state").asText(instance.path("status").asText(""))), null);
    }

    // "close" in an answer is an instance that waits for its first QR as well as one that was dropped; webhooks tell
    // the latter.
    private static State stateOf(String said) {
        return "open".equals(said) ? State.CONNECTED : State.CONNECTING;
    }
}
