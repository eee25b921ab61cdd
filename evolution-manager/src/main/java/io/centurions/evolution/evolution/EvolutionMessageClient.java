package io.centurions.evolution.evolution;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.evolution.evolution.EvolutionHttp.Purpose;
import io.centurions.evolution.evolution.Heard.Answered;
import io.centurions.platform.providers.Exchange;
import io.centurions.platform.providers.Request;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Messages through an instance. Blocks; call it outside any transaction. Never passes {@code delay} to a send: the server would
 * hold the call open for it, and pacing is ours.
 */
@ApplicationScoped
public class EvolutionMessageClient {

    private static final Duration PRESENCE_ANSWERED_WITHIN = Duration.ofSeconds(3);
    /** What the server says of a file beside its bytes; a caption may be long. */
    private static final int AROUND_A_FILE = 64 * 1024;

    /** The server's words for a message that it does not have, that is no file, or of a kind of instance that fetches none. */
    private static final Pattern NO_FILE =
            Pattern.compile("Message not found|not of the media type|Method not available");

    private final EvolutionHttp http;
    private final EvolutionConfig config;

    EvolutionMessageClient(EvolutionHttp http, EvolutionConfig config) {
        this.http = http;
        this.config = config;
    }

    /** Sends words. */
    public SendResult sendText(ServerInstance at, String chatRef, String text) {
        ObjectNode body = to(chatRef).put("text", text);
        return sent(at, "/message/sendText", body);
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
            ServerInstance at, String chatRef, String kind, String media, String mime, String name, String caption) {
        if (kind.equals("audio")) {
            // As a voice note; the server converts what is not ogg/opus.
            ObjectNode body = to(chatRef).put("audio", media).put("encoding", true);
            return sent(at, "/message/sendWhatsAppAudio", body);
        }
        ObjectNode body = to(chatRef).put("mediatype", kind).put("media", media);
        put(body, "mimetype", mime);
        put(body, "fileName", name);
        put(body, "caption", caption);
        return sent(at, "/message/sendMedia", body);
    }

    /**
     * Shows the lead that something is being typed. Best effort: returns at once; the future tells a failure to whoever counts it.
     */
    public CompletableFuture<Void> composing(ServerInstance at, String chatRef, Duration howLong) {
        ObjectNode body = to(chatRef).put("presence", "composing").put("delay", howLong.toMillis());
        Request request = http.post("/chat/sendPresence" + at.segment(), body, howLong.plus(PRESENCE_ANSWERED_WITHIN));
        return http.tell(Purpose.PRESENCE, at, request).thenAccept(heard -> {
            if (!(heard instanceof Answered)) {
                throw new IllegalStateException("typing was not shown");
            }
        });
    }

    private SendResult sent(ServerInstance at, String path, ObjectNode body) {
        Request request = http.post(path + at.segment(), body, config.callTimeout());
        return ToSendResult.of(http.ask(Purpose.MESSAGES, at, request));
    }

    /** A file out of a message. */
    public record MediaFile(String mime, String fileName, Buffer content) {
        @Override
        public String toString() {
            return "MediaFile[" + mime + "]";
        }
    }

    /**
     * Fetches the file of a message, decrypted by the server. Gone is what the server itself says to be none of its messages or no file. It
     * says so with 400, as of all that goes wrong while it fetches a file, so its words decide; a key that is refused, an instance
     * that it does not know yet and what a proxy says are no such word.
     *
     * <p>When it returns, the file lies in memory once. Before, it does so less than three times: its answer is a third longer than the
     * file, and lies there twice, as the parts in which it came and in one piece; then once, beside what is decoded of it.
     *
     * @param most bytes of it that are wanted; no more of an answer is read than such a file takes
     */
    public Fetched fetchMedia(ServerInstance at, String providerMessageId, int most) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("message").putObject("key").put("id", providerMessageId);
        body.put("convertToMp4", false);
        Exchange exchange = http.exchange(
                Purpose.MEDIA,
                at,
                http.post("/chat/getBase64FromMediaMessage" + at.segment(), body, config.instanceTimeout())
                        .keeping(inBase64(most) + AROUND_A_FILE));
        if (exchange instanceof Exchange.Answered answered && answered.ok()) {
            return ToFile.of(answered.body());
        }
        return switch (http.heard(exchange)) {
            case Answered answered
            when answered.status() == 400 && NO_FILE.matcher(answered.refusal()).find() -> new Fetched.Gone("http_400");
            case Answered answered -> new Fetched.TryLater("http_" + answered.status());
            case Heard.NotSent(var reason, var after) -> new Fetched.TryLater(reason);
            case Heard.NoAnswer noAnswer when noAnswer.tooLong() -> new Fetched.TooLarge();
            case Heard.NoAnswer(var reason) -> new Fetched.TryLater(reason);
        };
    }

    /** How the fetching of a file ended. Fetching again is always safe. */
    public sealed interface Fetched {
        /** Here it is. */
        record Got(MediaFile file) implements Fetched {}

        /** The server cannot now. */
        record TryLater(String reason) implements Fetched {}

        /** It has more bytes than are wanted. */
        record TooLarge() implements Fetched {}

        /** The server does not have it and will not get it. */
        record Gone(String reason) implements Fetched {}
    }

    private static int inBase64(int bytes) {
        return (bytes + 2) / 3 * 4;
    }

    private static ObjectNode to(String chatRef) {
        return JsonNodeFactory.instance.objectNode().put("number", chatRef);
    }

    private static void put(ObjectNode node, String field, String value) {
        if (value != null) {
            node.put(field, value);
        }
    }
}
