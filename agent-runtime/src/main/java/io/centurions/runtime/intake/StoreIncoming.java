package io.centurions.runtime.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.platform.outbox.Relay;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.webhooks.WebhookCounters;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores what arrived, one or a thousand, in one round trip together with the events that follow from it.
 *
 * <p>When it returns, everything is durable or named {@link Stored#UNSTORABLE}. It throws {@link DatabaseUnavailable} when
 * the provider must repeat; repeating is harmless, as each thing is known by the key its adapter gave it.
 */
@ApplicationScoped
public class StoreIncoming {

    // One statement: the messages and their events are stored together or not at all, without a transaction held open.
    private static final String STORE = """
            WITH r AS MATERIALIZED (SELECT core.receive_messages_v1($1::text::jsonb) AS out),
                 s AS MATERIALIZED (SELECT core.append_events_runtime_v1(r.out->'events') FROM r)
            SELECT (r.out->'results')::text AS results FROM r, s
            """;

    private final Database database;
    private final Relay relay;
    private final ObjectMapper json;
    private final MeterRegistry meters;
    private final WebhookCounters counters;

    StoreIncoming(Database database, Relay relay, ObjectMapper json, MeterRegistry meters, WebhookCounters counters) {
        this.database = database;
        this.relay = relay;
        this.json = json;
        this.meters = meters;
        this.counters = counters;
    }

    /** One outcome per thing, in the same order. */
    public List<Stored> store(String provider, List<Arrived> arrived) {
        if (arrived.isEmpty()) {
            return List.of();
        }
        List<Stored> stored = OneByOne.ifRefusedTogether(arrived, this::callFunction);
        relay.wake();
        stored.forEach(each -> count(provider, each));
        return stored;
    }

    private List<Stored> callFunction(List<Arrived> arrived) {
        String results = database.call(STORE, ToBatch.of(arrived)).getFirst().getString("results");
        List<Stored> stored = new ArrayList<>(arrived.size());
        for (JsonNode result : parse(results)) {
            stored.add(new Stored(result.path("outcome").asText()));
        }
        return stored;
    }

    private JsonNode parse(String results) {
        try {
            return json.readTree(results);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the intake function answered something that is not JSON", impossible);
        }
    }

    private void count(String provider, Stored stored) {
        meters.counter("intake_total", "provider", provider, "outcome", stored.outcome())
                .increment();
        if (stored.outcome().endsWith("_instance")) {
            counters.ignored(provider, stored.outcome());
        }
    }
}
