package io.centurions.platform.intake;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.platform.outbox.Relay;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.webhooks.Origin;
import io.vertx.sqlclient.Row;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The one statement: what the webhooks say, the events that follow from it, and the webhooks themselves. */
final class OneStatement implements StoreTogether {

    // r before s before k, each needing the one before: refused values are found before anything is written for
    // nothing.
    private static final String STORE = """
            WITH r AS MATERIALIZED (SELECT %1$s($1::text::jsonb) AS out),
                 s AS MATERIALIZED (SELECT core.append_events_%2$s_v1(r.out -> 'events') AS appended FROM r),
                 k AS MATERIALIZED (SELECT core.keep_webhooks_%2$s_v1($2::text::jsonb) AS kept FROM s)
            SELECT (r.out -> 'results')::text AS results FROM r, s, k
            """;

    private final Database database;
    private final Relay relay;
    private final ObjectMapper json;
    private final String statement;

    OneStatement(Database database, Relay relay, ObjectMapper json, String function, String suffix) {
        this.database = database;
        this.relay = relay;
        this.json = json;
        this.statement = STORE.formatted(function, suffix);
    }

    @Override
    public List<Outcome> store(List<Waiting> fold) {
        return outcomes(database.call(statement, items(fold), webhooks(fold)));
    }

    @Override
    public List<Outcome> storeInLine(Waiting waiting) {
        List<Waiting> fold = List.of(waiting);
        return outcomes(database.callInLine(waiting.company(), statement, items(fold), webhooks(fold)));
    }

    private List<Outcome> outcomes(List<Row> answer) {
        // Each is a hint of what is in the rows by now: many webhooks share one publication.
        relay.wakeSoon();
        return Outcome.all(answer.getFirst().getString("results"), json);
    }

    // The items are JSON already: joined, not parsed again.
    private static String items(List<Waiting> fold) {
        int length = 2;
        for (Waiting waiting : fold) {
            for (String item : waiting.items()) {
                length += item.length() + 1;
            }
        }
        StringBuilder batch = new StringBuilder(length).append('[');
        for (Waiting waiting : fold) {
            for (String item : waiting.items()) {
                batch.append(batch.length() == 1 ? "" : ",").append(item);
            }
        }
        return batch.append(']').toString();
    }

    private static String webhooks(List<Waiting> fold) {
        int length = 2;
        for (Waiting waiting : fold) {
            length += waiting.webhook().length() * 4 / 3 + 256;
        }
        StringBuilder all = new StringBuilder(length).append('[');
        for (Waiting waiting : fold) {
            if (waiting.webhook().body() != null) {
                all.append(all.length() == 1 ? "" : ",");
                write(waiting.webhook(), all);
            }
        }
        return all.append(']').toString();
    }

    private static void write(Webhook webhook, StringBuilder into) {
        Origin origin = webhook.origin();
        into.append("{\"provider\":");
        quote(origin.provider(), into);
        into.append(",\"address\":");
        quote(origin.address(), into);
        if (origin.company() != null) {
            into.append(",\"company_id\":\"").append(origin.company().value()).append('"');
        }
        if (origin.instance() != null) {
            into.append(",\"instance_id\":\"").append(origin.instance()).append('"');
        }
        into.append(",\"headers\":{");
        String separator = "";
        for (Map.Entry<String, String> header : origin.safeHeaders().entrySet()) {
            into.append(separator);
            quote(header.getKey(), into);
            into.append(':');
            quote(header.getValue(), into);
            separator = ",";
        }
        into.append("},\"state\":\"applied\",\"body\":\"")
                .append(Base64.getEncoder().encodeToString(webhook.body()))
                .append("\"}");
    }

    private static void quote(String text, StringBuilder into) {
        into.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, into);
        into.append('"');
    }
}
