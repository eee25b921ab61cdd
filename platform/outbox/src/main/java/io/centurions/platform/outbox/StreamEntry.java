package io.centurions.platform.outbox;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.Streams;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.EventId;
import io.vertx.sqlclient.Row;
import java.util.LinkedHashMap;
import java.util.Map;

/** One outbox row as a stream entry: the envelope and the payload, each as JSON text, and the one group that is meant. */
final class StreamEntry {

    private StreamEntry() {}

    static String key(Row row) {
        return Streams.carrying(row.getString("type"));
    }

    static Map<String, String> of(Row row, String producer) {
        String firstProducer = row.getString("producer");
        Envelope envelope = new Envelope(
                EventId.of(row.getUUID("event_id")),
                row.getString("type"),
                row.getInteger("version"),
                CompanyId.of(row.getUUID("company_id")),
                row.getUUID("subject"),
                row.getLong("seq"),
                row.getOffsetDateTime("occurred_at").toInstant(),
                row.getUUID("correlation_id"),
                row.getUUID("causation_id"),
                row.getString("traceparent"),
                firstProducer == null ? producer : firstProducer,
                row.getBoolean("replay"));
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put(Streams.ENVELOPE, EventJson.write(envelope));
        entry.put(Streams.PAYLOAD, row.getString("payload"));
        String onlyGroup = row.getString("only_group");
        if (onlyGroup != null) {
            entry.put(Streams.ONLY, onlyGroup);
        }
        return entry;
    }
}
