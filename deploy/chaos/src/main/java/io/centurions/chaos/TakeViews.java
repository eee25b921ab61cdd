package io.centurions.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.chaos.judge.ChatKey;
import io.centurions.chaos.judge.Outside;
import io.centurions.chaos.load.Feed;
import io.centurions.chaos.load.Load;
import io.centurions.chaos.load.PhoneDesk;
import io.centurions.chaos.load.SalesDesk;
import io.centurions.chaos.world.Fleet;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes what the world outside of the fleet did and saw. */
final class TakeViews {

    private static final Set<String> OPEN = Set.of("waiting");

    private final Fleet fleet;
    private final Feed feed;
    private final Load load;
    private final SalesDesk desk;
    private final PhoneDesk phoneDesk;

    TakeViews(Fleet fleet, Feed feed, Load load, SalesDesk desk, PhoneDesk phoneDesk) {
        this.fleet = fleet;
        this.feed = feed;
        this.load = load;
        this.desk = desk;
        this.phoneDesk = phoneDesk;
    }

    /** Leads that are still on the telephone. */
    int leadsBusy() {
        return load.busy();
    }

    int salesBusy() {
        return desk.busy();
    }

    // Accepted by any of its tellings is acknowledged; what never left the telephone was answered by nobody.
    private static int answered(JsonNode message) {
        if (message == null) {
            return 0;
        }
        JsonNode webhook = message.path("webhook");
        boolean accepted = webhook.path("state").asText().equals("accepted");
        int last = webhook.path("lastStatus").asInt();
        return accepted || last / 100 != 2 ? last : 0;
    }

    /** Messages that a provider still tries to tell us. */
    long webhooksOpen() {
        return messages().values().stream()
                .flatMap(texts -> texts.values().stream())
                .map(message -> message.path("webhook").path("state").asText())
                .filter(OPEN::contains)
                .count();
    }

    Outside outside() {
        Map<ChatKey, Map<String, JsonNode>> messages = messages();
        List<Outside.Written> written = load.said().stream()
                .map(said -> new Outside.Written(
                        said.chat(),
                        said.text(),
                        answered(messages.get(said.chat()).get(said.text()))))
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
                takeovers(messages),
                Stream.concat(desk.refused().stream(), phoneDesk.refused().stream())
                        .toList());
    }

    private List<Outside.Takeover> takeovers(Map<ChatKey, Map<String, JsonNode>> messages) {
        Map<ChatKey, Set<String>> persons = texts(load.saidByPersons());
        Map<ChatKey, Set<String>> leads = texts(load.said());
        return persons.entrySet().stream()
                .map(one -> takeover(one.getKey(), one.getValue(), leads.get(one.getKey()), messages.get(one.getKey())))
                .toList();
    }

    private Outside.Takeover takeover(
            ChatKey chat, Set<String> persons, Set<String> leads, Map<String, JsonNode> messages) {
        Map<String, Boolean> words = persons.stream()
                .collect(Collectors.toMap(Function.identity(), text -> answered(messages.get(text)) / 100 == 2));
        Instant last = persons.stream()
                .filter(messages::containsKey)
                .map(text -> at(messages.get(text)))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        Set<String> left = leads.stream()
                .filter(text ->
                        messages.containsKey(text) && at(messages.get(text)).isAfter(last))
                .collect(Collectors.toSet());
        PhoneDesk.Stay stay = phoneDesk.stays().getOrDefault(chat, new PhoneDesk.Stay(null, null, false));
        return new Outside.Takeover(chat, words, left, stay.seen(), stay.asked(), stay.given());
    }

    private static Map<ChatKey, Set<String>> texts(List<Load.Said> said) {
        return said.stream()
                .collect(Collectors.groupingBy(
                        Load.Said::chat, Collectors.mapping(Load.Said::text, Collectors.toSet())));
    }

    private static Instant at(JsonNode message) {
        return Instant.parse(message.path("at").asText());
    }

    // Of each chat, by text: what the fleet is told of.
    private Map<ChatKey, Map<String, JsonNode>> messages() {
        Set<ChatKey> chats = load.said().stream().map(Load.Said::chat).collect(Collectors.toCollection(HashSet::new));
        Map<ChatKey, Map<String, JsonNode>> all = new HashMap<>();
        for (ChatKey chat : chats) {
            Map<String, JsonNode> told = new HashMap<>();
            for (JsonNode message : fleet.sandbox().chat(chat)) {
                if (message.has("webhook")) {
                    told.put(message.path("text").asText(), message);
                }
            }
            all.put(chat, told);
        }
        return all;
    }
}
