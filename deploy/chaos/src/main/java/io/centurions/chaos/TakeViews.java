package io.centurions.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.chaos.judge.ChatKey;
import io.centurions.chaos.judge.Outside;
import io.centurions.chaos.load.Feed;
import io.centurions.chaos.load.Load;
import io.centurions.chaos.load.SalesDesk;
import io.centurions.chaos.world.Fleet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes what the world outside of the fleet did and saw. */
final class TakeViews {

    private static final Set<String> OPEN = Set.of("waiting");

    private final Fleet fleet;
    private final Feed feed;
    private final Load load;
    private final SalesDesk desk;

    TakeViews(Fleet fleet, Feed feed, Load load, SalesDesk desk) {
        this.fleet = fleet;
        this.feed = feed;
        this.load = load;
        this.desk = desk;
    }

    /** Leads that are still on the telephone. */
    int leadsBusy() {
        return load.busy();
    }

    int salesBusy() {
        return desk.busy();
    }

    // Accepted by any of its tellings is acknowledged; what never left the telephone was answered by nobody.
    private static int answered(JsonNode webhook) {
        if (webhook == null) {
            return 0;
        }
        boolean accepted = webhook.path("state").asText().equals("accepted");
        int last = webhook.path("lastStatus").asInt();
        return accepted || last / 100 != 2 ? last : 0;
    }

    /** Messages that a provider still tries to tell us. */
    long webhooksOpen() {
        return webhooks().values().stream()
                .flatMap(states -> states.values().stream())
                .map(webhook -> webhook.path("state").asText())
                .filter(OPEN::contains)
                .count();
    }

    Outside outside() {
        Map<ChatKey, Map<String, JsonNode>> webhooks = webhooks();
        List<Outside.Written> written = load.said().stream()
                .map(said -> new Outside.Written(
                        said.chat(),
                        said.text(),
                        answered(webhooks.get(said.chat()).get(said.text()))))
                .toList();
        feed.look();
        List<Outside.AtMeta> conversions = fleet.sandbox().atMeta().stream()
                .map(event -> new Outside.AtMeta(
                        event.path("eventName").asText(),
                        event.path("eventId").asText(),
                        event.path("count").asInt()))
                .toList();
        return new Outside(
                written,
                feed.arrived(),
                load.forms(),
                desk.sales(fleet.sandbox().documents()),
                conversions,
                desk.refused());
    }

    // Of each chat: by text, how its webhook fares.
    private Map<ChatKey, Map<String, JsonNode>> webhooks() {
        Set<ChatKey> chats = load.said().stream().map(Load.Said::chat).collect(Collectors.toCollection(HashSet::new));
        Map<ChatKey, Map<String, JsonNode>> all = new HashMap<>();
        for (ChatKey chat : chats) {
            Map<String, JsonNode> states = new HashMap<>();
            for (JsonNode message : fleet.sandbox().chat(chat)) {
                if (message.path("direction").asText().equals("in")) {
                    states.put(message.path("text").asText(), message.path("webhook"));
                }
            }
            all.put(chat, states);
        }
        return all;
    }
}
