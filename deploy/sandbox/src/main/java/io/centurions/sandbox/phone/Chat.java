package io.centurions.sandbox.phone;

import io.centurions.sandbox.wire.Delivery;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What one lead sees of one company. */
public final class Chat {

    private final Map<String, ChatMessage> messages = new LinkedHashMap<>();
    private final MediaShelf shelf;
    private final Consumer<ChatMessage> arrivals;
    private long typingUntil;

    /** @param arrivals is told of every bubble of the company */
    Chat(MediaShelf shelf, Consumer<ChatMessage> arrivals) {
        this.shelf = shelf;
        this.arrivals = arrivals;
    }

    /** The lead's own bubble; the same id again is the same bubble. */
    public void wrote(String id, LeadMessage message, Delivery delivery) {
        String direction = message.fromBusiness() ? "out" : "in";
        ChatMessage bubble = messages.computeIfAbsent(
                id, fresh -> new ChatMessage(fresh, direction, content(message.text(), message.media())));
        bubble.travelsBy(delivery);
    }

    /** A bubble of the Centurion arrives, which also ends its typing. */
    public ChatMessage received(String id, String text, Optional<Media> media) {
        typingUntil = 0;
        ChatMessage bubble = new ChatMessage(id, "out", content(text, media));
        messages.put(id, bubble);
        arrivals.accept(bubble);
        messages.values().stream().filter(ChatMessage::isFromLead).forEach(own -> own.reached("read"));
        return bubble;
    }

    private JsonObject content(String text, Optional<Media> media) {
        JsonObject content = new JsonObject().put("text", text).put("kind", "text");
        media.ifPresent(file -> content.put("kind", file.kind()).put("media", shelf.put(file)));
        return content;
    }

    public Optional<ChatMessage> message(String id) {
        return Optional.ofNullable(messages.get(id));
    }

    public void typing(long forMillis) {
        typingUntil = System.currentTimeMillis() + forMillis;
    }

    public JsonObject view() {
        JsonArray list = new JsonArray();
        messages.values().forEach(message -> list.add(message.view()));
        return new JsonObject().put("messages", list).put("typing", System.currentTimeMillis() < typingUntil);
    }
}
