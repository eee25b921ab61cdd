package io.centurions.platform.streams;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.Streams;
import io.centurions.platform.outbox.EventJson;
import io.centurions.platform.tenancy.Database;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Keeps events that cannot be handled in PostgreSQL, with the reason, for an operator. */
@ApplicationScoped
class Parking {

    private final Database database;
    private final String park;

    Parking(Database database, @ConfigProperty(name = "centurions.service") String suffix) {
        this.database = database;
        this.park = "SELECT core.park_event_" + suffix
                + "_v1($1::uuid, $2::uuid, $3, $4, $5::text::jsonb, $6::text::jsonb, $7::text, $8) AS id";
    }

    /**
     * Parks an entry, whatever is in it. Where the envelope is broken, or PostgreSQL cannot hold it or the
     * payload as JSON (U+0000, half a surrogate pair, a number of a million digits, no JSON at all), all fields
     * are kept as one text, escaped where no text can hold them; such an event cannot be sent again.
     *
     * @return the parked event's own id
     */
    UUID park(Entry entry, Envelope envelope, String consumer, String reason) {
        if (envelope == null) {
            return asText(entry, null, consumer, reason);
        }
        try {
            String json = escaped(EventJson.write(envelope));
            return store(entry, envelope, consumer, json, entry.fields().get(Streams.PAYLOAD), null, reason);
        } catch (PgException refused) {
            if (!isAboutTheContent(refused)) {
                throw refused;
            }
            return asText(entry, envelope, consumer, reason + "; kept as text (" + refused.getSqlState() + ")");
        }
    }

    private UUID asText(Entry entry, Envelope envelope, String consumer, String reason) {
        String fields = escaped(EventJson.write(entry.fields()));
        return store(entry, envelope, consumer, null, null, fields, escaped(reason));
    }

    private UUID store(
            Entry entry,
            Envelope envelope,
            String consumer,
            String envelopeJson,
            String payload,
            String raw,
            String reason) {
        return database.call(
                        park,
                        envelope == null ? null : envelope.company().value(),
                        envelope == null ? null : envelope.id().value(),
                        entry.type(),
                        consumer,
                        envelopeJson,
                        payload,
                        raw,
                        reason)
                .getFirst()
                .getUUID("id");
    }

    // Data exceptions, and what is too large or too deep.
    private static boolean isAboutTheContent(PgException refused) {
        String state = String.valueOf(refused.getSqlState());
        return state.startsWith("22") || state.startsWith("54");
    }

    // In JSON these stand within texts alone, where the escape means the same; half a pair would become a "?".
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.chars().forEach(unit -> {
            if (unit == 0 || Character.isSurrogate((char) unit)) {
                escaped.append("\\u%04x".formatted(unit));
            } else {
                escaped.append((char) unit);
            }
        });
        return escaped.toString();
    }
}
