package io.centurions.evolution.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.evolution.evolution.Exchange.Answered;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Messages through an instance. Blocks; call it outside any transaction. Never passes {@code delay} to a send: the server would
 * hold the call open for it, and pacing is ours.
 */
@ApplicationScoped
public class EvolutionMessageClient {

    private static final int OWN_MESSAGES_LOOKED_AT = 50;
    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofMinutes(2);

    private final EvolutionHttp http;
    private final EvolutionConfig config;

    EvolutionMessageClient(EvolutionHttp http, EvolutionConfig config) {
        this.http = http;
        this.config = config;
    }

    /** Sends words. */
    public SendResult sendText(String instance, String chatRef, String text) {
        ObjectNode body = to(chatRef).put("text", text);
        return ToSendResult.of(http.post("/message/sendText" + of(instance), body, config.callTimeout()));
    }

    /**
     * Sends a file, with words as its caption.
     *
     * @param kind   image, video, audio or document
     * @param media  a public address, or base64 without a data prefix
     * @param mime   may be absent for an address
     * @param name   what the lead sees as the file's name; needed for a document in base64
     */
    public SendResult sendMedia(
            String instance, String chatRef, String kind, String media, String mime, String name, String caption) {
        if (kind.equals("audio")) {
            // As a voice note; the server converts what is not ogg/opus.
            ObjectNode body = to(chatRef).put("audio", media).put("encoding", true);
            return ToSendResult.of(http.post("/message/sendWhatsAppAudio" + of(instance), body, config.callTimeout()));
        }
        ObjectNode body = to(chatRef).put("mediatype", kind).put("media", media);
        put(body, "mimetype", mime);
        put(body, "fileName", name);
        put(body, "caption", caption);
        return ToSendResult.of(http.post("/message/sendMedia" + of(instance), body, config.callTimeout()));
    }

    /**
     * Shows the lead that something is being typed. Best effort: returns at once; the future tells a failure to whoever counts it.
     */
    public CompletableFuture<Void> composing(String instance, String chatRef, Duration howLong) {
        ObjectNode body = to(chatRef).put("presence", "composing").put("delay", howLong.toMillis());
        return http.tell("/chat/sendPresence" + of(instance), body, howLong.plus(config.connectTimeout()));
    }

    /**
     * Our own messages with exactly this text to this chat, as the server stored them since then, oldest first. Empty also when the
     * server stores none: it proves nothing about what was not sent.
     */
    public List<String> findOwn(String instance, String chatRef, String text, Instant since) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode where = body.putObject("where");
        where.putObject("key").put("fromMe", true);
        Instant from = since.minus(CLOCKS_MAY_DIFFER);
        where.putObject("messageTimestamp")
                .put("gte", from.toString())
                .put("lte", since.plus(Duration.ofHours(24)).toString());
        body.put("page", 1).put("offset", OWN_MESSAGES_LOOKED_AT);
        Exchange exchange = http.post("/chat/findMessages" + of(instance), body, config.callTimeout());
        return exchange instanceof Answered answered && answered.done()
                ? matching(answered.body().path("messages").path("records"), Chat.of(chatRef), text, from)
                : List.of();
    }

    /** A file out of a message. */
    public record MediaFile(String mime, String fileName, String base64) {
        @Override
        public String toString() {
            return "MediaFile[" + mime + "]";
        }
    }

    /** Fetches the file of a message, decrypted by the server; empty when it has none (too old, never stored, not media). */
    public Fetched fetchMedia(String instance, String providerMessageId) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("message").putObject("key").put("id", providerMessageId);
        body.put("convertToMp4", false);
        Exchange exchange = http.post("/chat/getBase64FromMediaMessage" + of(instance), body, config.instanceTimeout());
        return switch (exchange) {
            case Answered answered when answered.done() -> fetched(answered.body());
            case Answered answered
            when answered.status() == 429 || answered.status() >= 500 ->
                new Fetched.TryLater("http_" + answered.status());
            case Answered answered -> new Fetched.Gone("http_" + answered.status());
            case Exchange.NotSent(var reason) -> new Fetched.TryLater(reason);
            case Exchange.NoAnswer(var reason) -> new Fetched.TryLater(reason);
        };
    }

    /** How the fetching of a file ended. Fetching again is always safe. */
    public sealed interface Fetched {
        /** Here it is. */
        record Got(MediaFile file) implements Fetched {}

        /** The server cannot now. */
        record TryLater(String reason) implements Fetched {}

        /** The server does not have it and will not get it. */
        record Gone(String reason) implements Fetched {}
    }

    private static Fetched fetched(JsonNode answer) {
        String base64 = Wire.text(answer.path("base64"));
        return base64 == null
                ? new Fetched.Gone("no_file")
                : new Fetched.Got(
                        new MediaFile(Wire.text(answer.path("mimetype")), Wire.text(answer.path("fileName")), base64));
    }

    private static List<String> matching(JsonNode records, Chat chat, String text, Instant from) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode record : records) {
            JsonNode key = record.path("key");
            Instant at = Optional.ofNullable(Wire.moment(record.path("messageTimestamp")))
                    .orElse(from);
            String said = Content.of(record.path("message"), record.path("contextInfo"))
                    .text();
            if (key.path("fromMe").asBoolean(false)
                    && !at.isBefore(from)
                    && text.equals(said)
                    && Chat.of(key).meets(chat)) {
                found.add(record);
            }
        }
        found.sort(Comparator.comparing(record -> Optional.ofNullable(Wire.moment(record.path("messageTimestamp")))
                .orElse(from)));
        return found.stream()
                .map(record -> Wire.text(record.path("key").path("id")))
                .filter(id -> id != null)
                .toList();
    }

    private static ObjectNode to(String chatRef) {
        return JsonNodeFactory.instance.objectNode().put("number", chatRef);
    }

    private static String of(String name) {
        return "/" + EvolutionHttp.segment(name);
    }

    private static void put(ObjectNode node, String field, String value) {
        if (value != null) {
            node.put(field, value);
        }
    }
}
