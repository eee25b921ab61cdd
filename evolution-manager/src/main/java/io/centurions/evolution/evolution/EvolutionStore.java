package io.centurions.evolution.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.evolution.evolution.EvolutionHttp.Purpose;
import io.centurions.evolution.evolution.Heard.Answered;
import io.centurions.evolution.evolution.Heard.NotSent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What the server remembers of the messages that left through an instance. Only an instance whose server keeps messages can be
 * asked, and what it does not show may still have been sent.
 */
@ApplicationScoped
public class EvolutionStore {

    private static final int PAGE = 100;
    // Messages with pictures carry their previews.
    private static final int PAGE_ANSWER_MOST = 16 * 1024 * 1024;
    // Of everything that an instance sends in a few minutes: far more than a phone number may.
    private static final int PAGES_MOST = 20;
    // With less left the server would only be cut off.
    private static final Duration WORTH_A_PAGE = Duration.ofMillis(500);

    private final EvolutionHttp http;
    private final EvolutionConfig config;

    EvolutionStore(EvolutionHttp http, EvolutionConfig config) {
        this.http = http;
        this.config = config;
    }

    private record Own(Instant at, String id) {}

    /**
     * Ids of our own messages with exactly these words to this person, sent since the one moment and before the other by the
     * server's clock, which tells whole seconds, oldest first.
     *
     * <p>The server is asked for everything of our own in that time and not for one chat: it files a person under a phone or under
     * a privacy id as it likes, and older versions compare that address literally. The time is short, so all its pages are read;
     * older versions pass over it and show all they have, the newest first, so that reading ends with what is older.
     *
     * @param jids   every address the person is known by
     * @param within how long all of it may take
     * @return empty also when the server cannot be asked now
     */
    public List<String> findOwn(
            ServerInstance at, Collection<String> jids, String text, Instant since, Instant before, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        List<Chat> chats = jids.stream().map(Chat::of).toList();
        List<Own> found = new ArrayList<>();
        for (int page = 1; page <= PAGES_MOST; page++) {
            // What was found until then would not be all of it.
            if (!(ask(at, since, before, page, end) instanceof Answered answered)
                    || !answered.done(EvolutionStore::isPage)) {
                return List.of();
            }
            JsonNode messages = answered.body().path("messages");
            boolean older = false;
            for (JsonNode record : messages.path("records")) {
                Instant written = Wire.moment(record.path("messageTimestamp"));
                older = written != null && written.isBefore(since);
                boolean inTime = written == null || (!written.isBefore(since) && written.isBefore(before));
                String id = Wire.text(record.path("key").path("id"));
                if (inTime && id != null && isOurs(record, chats, text)) {
                    found.add(new Own(written == null ? since : written, id));
                }
            }
            if (older || page >= messages.path("pages").asInt(1)) {
                break;
            }
        }
        return found.stream()
                .sorted(Comparator.comparing(Own::at))
                .map(Own::id)
                .distinct()
                .toList();
    }

    private Heard ask(ServerInstance at, Instant earliest, Instant latest, int page, long end) {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (left.compareTo(WORTH_A_PAGE) < 0) {
            return new NotSent("too_late", Duration.ZERO);
        }
        Duration limit = left.compareTo(config.callTimeout()) < 0 ? left : config.callTimeout();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode where = body.putObject("where");
        where.putObject("key").put("fromMe", true);
        where.putObject("messageTimestamp").put("gte", earliest.toString()).put("lte", latest.toString());
        body.put("page", page).put("offset", PAGE);
        return http.ask(
                Purpose.LOOK_UPS,
                at,
                http.post("/chat/findMessages" + at.segment(), body, limit)
                        .keeping(PAGE_ANSWER_MOST)
                        .repeated());
    }

    private static boolean isPage(JsonNode answer) {
        return answer.path("messages").path("records").isArray();
    }

    private static boolean isOurs(JsonNode record, List<Chat> chats, String text) {
        JsonNode key = record.path("key");
        String said =
                Content.of(record.path("message"), record.path("contextInfo")).text();
        Chat chat = Chat.of(key);
        return key.path("fromMe").asBoolean(false)
                && text.equals(said)
                && chats.stream().anyMatch(chat::meets);
    }
}
