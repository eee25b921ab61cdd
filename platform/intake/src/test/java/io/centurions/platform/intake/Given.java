package io.centurions.platform.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.centurions.platform.webhooks.Origin;
import io.vertx.pgclient.PgException;
import java.util.List;
import java.util.stream.Stream;

/** Webhooks and refusals for tests. */
final class Given {

    private Given() {}

    static Webhook webhook() {
        return new Webhook(Origin.of("probe", "here", null, null), new byte[] {1});
    }

    static Waiting waiting(String... items) {
        return new Waiting(webhook(), List.of(items));
    }

    static PgException refusal(String state) {
        return new PgException("refused", "ERROR", state, null);
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
