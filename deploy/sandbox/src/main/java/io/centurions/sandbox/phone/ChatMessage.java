package io.centurions.sandbox.phone;

import io.centurions.sandbox.wire.Delivery;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One bubble on the lead's telephone.
 *
 * <p>Direction is the company's: {@code in} is what the lead wrote, {@code out} what the lead got. Status only grows:
 * sent, delivered, read.
 */
public final class ChatMessage {

    private static final List<String> STATUSES = List.of("sent", "delivered", "read");

    private final String id;
    private final String direction;
    private final JsonObject content;
    private final Instant at = Instant.now();
    private final JsonObject statusTimes = new JsonObject();
    private String status = "";
    private final List<Delivery> deliveries = new ArrayList<>();

    ChatMessage(String id, String direction, JsonObject content) {
        this.id = id;
        this.direction = direction;
        this.content = content;
        reached("sent");
    }

    public String id() {
        return id;
    }

    public boolean isFromLead() {
        return direction.equals("in");
    }

    /** A later status never goes back; one that was jumped over keeps no time. */
    public void reached(String next) {
        if (STATUSES.indexOf(next) > STATUSES.indexOf(status)) {
            status = next;
            statusTimes.put(next, Instant.now().toString());
        }
    }

    /** The webhook that tells the fleet; an accepted one is the lead's second tick. */
    public void travelsBy(Delivery webhook) {
        deliveries.add(webhook);
        webhook.end().onSuccess(ended -> {
            if (ended.accepted()) {
                reached("delivered");
            }
        });
    }

    JsonObject view() {
        JsonObject view = new JsonObject()
                .put("id", id)
                .put("direction", direction)
                .put("kind", content.getString("kind", "text"))
                .put("text", content.getString("text", ""))
                .put("at", at.toString())
                .put("status", status)
                .put("statusTimes", statusTimes.copy());
        if (content.containsKey("media")) {
            view.put("media", content.getJsonObject("media"));
        }
        if (!deliveries.isEmpty()) {
            view.put("webhook", best().view());
        }
        return view;
    }

    // Of several tellings one that was accepted counts: the fleet has the message then.
    private Delivery best() {
        return deliveries.stream().filter(Delivery::accepted).findFirst().orElseGet(deliveries::getLast);
    }

    JsonObject arrival() {
        return new JsonObject()
                .put("id", id)
                .put("text", content.getString("text", ""))
                .put("at", at.toString());
    }
}
