package io.centurions.platform.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.webhooks.Origin;
import io.vertx.pgclient.PgException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Webhooks and refusals for tests. */
final class Given {

    private Given() {}

    static Webhook webhook(String... items) {
        return webhookOf(null, items);
    }

    /** Its body is its items, so that what is cut out of it shows. */
    private static Webhook webhookOf(CompanyId company, String... items) {
        return new Webhook(
                Origin.of("probe", "here", company, null),
                bytes(String.join(" ", items)),
                places -> bytes(IntStream.range(0, items.length)
                        .filter(places)
                        .mapToObj(place -> items[place])
                        .collect(Collectors.joining(" "))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Waiting waiting(String... items) {
        return waitingOf(null, items);
    }

    static Waiting waitingOf(CompanyId company, String... items) {
        return new Waiting(webhookOf(company, items), List.of(items));
    }

    /** The bodies that are kept with a fold. */
    static Stream<String> kept(List<Waiting> fold) {
        return fold.stream()
                .map(waiting -> waiting.webhook().body())
                .filter(Objects::nonNull)
                .map(body -> new String(body, StandardCharsets.UTF_8));
    }

    static PgException refusal(String state) {
        return new PgException("refused", "ERROR", state, null);
    }

    /** One that stores in line as it stores together. */
    static StoreTogether storing(Function<List<Waiting>, List<Outcome>> store) {
        return new StoreTogether() {
            @Override
            public List<Outcome> store(List<Waiting> fold) {
                return store.apply(fold);
            }

            @Override
            public List<Outcome> storeInLine(Waiting waiting) {
                return store.apply(List.of(waiting));
            }
        };
    }

    /** Every item's outcome is its own words, so that a mix-up shows. */
    static List<Outcome> echoes(List<Waiting> fold) {
        return items(fold).map(Given::outcome).toList();
    }

    static Outcome outcome(String word) {
        return Outcome.of(JsonNodeFactory.instance.objectNode().put("outcome", word));
    }

    static Stream<String> items(List<Waiting> fold) {
        return fold.stream().flatMap(waiting -> waiting.items().stream());
    }

    static List<String> words(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::word).toList();
    }
}
