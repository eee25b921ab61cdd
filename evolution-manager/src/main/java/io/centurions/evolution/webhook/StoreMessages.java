package io.centurions.evolution.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.contracts.id.CompanyId;
import io.centurions.evolution.evolution.IntakeItem;
import io.centurions.evolution.instance.InstanceAddress;
import io.centurions.evolution.media.FetchMedia;
import io.centurions.evolution.media.WantedFile;
import io.centurions.platform.outbox.Relay;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Trace;
import io.centurions.platform.webhooks.WebhookCounters;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Stores what was said: messages, their events and their deduplication in one statement and one round trip. */
@ApplicationScoped
class StoreMessages {

    /**
     * The intake decides over companies and conversations; its events enter our outbox in the same statement, so that neither can be
     * there without the other.
     */
    private static final String RECEIVE = """
            WITH r AS MATERIALIZED (SELECT core.receive_messages_v1($1::text::jsonb) AS out),
                 s AS MATERIALIZED (SELECT core.append_events_evolution_v1(r.out -> 'events') FROM r)
            SELECT (r.out -> 'results')::text AS results FROM r, s
            """;

    // Deadlock, lost race for a unique key, row that a racing transaction took: the same statement will do in a moment.
    private static final Set<String> LOST_RACE = Set.of("40P01", "23505", "P0002");
    // Untranslatable character, invalid text, value, time or size, broken check: one row's fault must not take the
    // others
    // with it.
    private static final Set<String> ONE_ROWS_FAULT =
            Set.of("22P05", "22021", "22P02", "22003", "22007", "22008", "22023", "23502", "23514", "54000");
    private static final int RACES_BORNE = 5;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Set<String> NOTHING_NEW = Set.of("duplicate", "deleted_instance", "ignored");

    private final Database database;
    private final ObjectMapper json;
    private final Relay relay;
    private final WebhookCounters counters;
    private final FetchMedia media;

    StoreMessages(Database database, ObjectMapper json, Relay relay, WebhookCounters counters, FetchMedia media) {
        this.database = database;
        this.json = json;
        this.relay = relay;
        this.counters = counters;
        this.media = media;
    }

    /**
     * Stores a batch; what was stored before is not stored again.
     *
     * @return false when an item cannot be stored at all, and the whole webhook has to be kept for a person
     */
    boolean store(InstanceAddress address, List<IntakeItem> items) {
        try {
            return storeTogether(address, items);
        } catch (PgException e) {
            if (!ONE_ROWS_FAULT.contains(e.getSqlState()) && !LOST_RACE.contains(e.getSqlState())) {
                throw e;
            }
            boolean all = true;
            for (IntakeItem item : items) {
                all &= storeAlone(address, item);
            }
            return all;
        }
    }

    private boolean storeAlone(InstanceAddress address, IntakeItem item) {
        for (int races = 0; races < RACES_BORNE; races++) {
            try {
                return storeTogether(address, List.of(item));
            } catch (PgException e) {
                if (ONE_ROWS_FAULT.contains(e.getSqlState())) {
                    return false;
                }
                if (!LOST_RACE.contains(e.getSqlState())) {
                    throw e;
                }
            }
        }
        throw Problem.unavailable("the message could not be stored now", RETRY_AFTER);
    }

    private boolean storeTogether(InstanceAddress address, List<IntakeItem> items) {
        String results = database.call(RECEIVE, batch(items)).getFirst().getString("results");
        relay.wake();
        boolean all = true;
        for (JsonNode result : parsed(results)) {
            String outcome = result.path("outcome").asText();
            // Ours in the table, unknown to the intake: the channel was never made there.
            all &= !outcome.equals("unknown_instance");
            if (outcome.equals("stored")) {
                counters.stored(ReceiveWebhook.PROVIDER, 1);
                want(address.company(), items.get(result.path("index").asInt()), result);
            } else if (NOTHING_NEW.contains(outcome)) {
                counters.ignored(ReceiveWebhook.PROVIDER, outcome);
            }
        }
        return all;
    }

    private void want(CompanyId company, IntakeItem item, JsonNode result) {
        if (item.hasFile()) {
            media.soon(new WantedFile(
                    company,
                    item.instanceId(),
                    UUID.fromString(result.path("message_id").asText()),
                    UUID.fromString(result.path("conversation_id").asText()),
                    item.providerMessageId(),
                    item.kind(),
                    item.inlineMedia()));
        }
    }

    private String batch(List<IntakeItem> items) {
        Trace trace = Trace.current();
        ArrayNode batch = json.createArrayNode();
        for (IntakeItem item : items) {
            ObjectNode row = json.valueToTree(item);
            row.putObject("trace")
                    .put("correlation_id", trace.correlationId().toString())
                    .put("traceparent", trace.traceparent());
            batch.add(row);
        }
        return batch.toString();
    }

    private JsonNode parsed(String results) {
        try {
            return json.readTree(results);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the intake's answer is no JSON", e);
        }
    }
}
