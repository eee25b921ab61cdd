package io.centurions.story.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A lead's telephone in one chat: what they write, and the bubbles they see. */
public final class Phone {

    private final Http sandbox;
    private final String chat;
    private final String from;
    private final String name;

    Phone(Http sandbox, String channel, String account, String from, String name) {
        this.sandbox = sandbox;
        this.chat = "/phone/" + channel + "/" + account;
        this.from = from;
        this.name = name;
    }

    public String from() {
        return from;
    }

    /** Writes a text; gives the provider's message id. */
    public String write(String text) {
        return write(text, Map.of());
    }

    public String write(String text, Map<String, Object> more) {
        Map<String, Object> message = new LinkedHashMap<>(Map.of("from", from, "name", name, "text", text));
        message.putAll(more);
        return sandbox.post(chat + "/messages", message)
                .path("providerMessageId")
                .asText();
    }

    /** Bubbles that came from the company, in the order in which they arrived. */
    public List<JsonNode> received() {
        return StreamSupport.stream(
                        sandbox.get(chat + "/chats/" + from).path("messages").spliterator(), false)
                .filter(message -> message.path("direction").asText().equals("out"))
                .toList();
    }
}
