package io.centurions.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.chaos.judge.ChatKey;
import io.centurions.chaos.judge.Outside;
import io.centurions.chaos.world.NoAnswer;
import io.centurions.chaos.world.Patience;
import io.centurions.chaos.world.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Follows all telephones at once and tells each lead what arrived. */
public final class Feed implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Sandbox sandbox;
    private final Map<ChatKey, LeadChat> chats = new ConcurrentHashMap<>();
    private final List<Outside.Arrived> arrived = new ArrayList<>();
    private final Thread follower = Thread.ofVirtual().unstarted(this::follow);
    private long seen;

    public Feed(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    public void start() {
        follower.start();
    }

    LeadChat chat(ChatKey key) {
        return chats.computeIfAbsent(key, any -> new LeadChat());
    }

    private void follow() {
        while (!Thread.currentThread().isInterrupted()) {
            look();
            Patience.pause(BETWEEN_LOOKS);
        }
    }

    /** Takes what is new. Bubbles of leads that are not this run's are left out. */
    public synchronized void look() {
        try {
            JsonNode fresh = sandbox.received(seen);
            for (JsonNode item : fresh.path("items")) {
                take(item);
            }
            seen = fresh.path("next").asLong();
        } catch (NoAnswer busy) {
            // The next look brings the same and more.
            return;
        }
    }

    private void take(JsonNode item) {
        ChatKey key = new ChatKey(
                item.path("channel").asText(),
                item.path("instance").asText(),
                item.path("from").asText());
        String text = item.path("text").asText();
        LeadChat chat = chats.get(key);
        if (chat != null) {
            arrived.add(
                    new Outside.Arrived(key, text, Instant.parse(item.path("at").asText())));
            chat.arrived(text);
        }
    }

    /** Every bubble so far, in the order of arrival. */
    public synchronized List<Outside.Arrived> arrived() {
        return List.copyOf(arrived);
    }

    @Override
    public void close() {
        follower.interrupt();
    }
}
