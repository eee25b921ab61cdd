package io.centurions.platform.streams;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.Streams;
import io.centurions.platform.outbox.EventJson;
import io.centurions.platform.tenancy.Database;
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
     * Parks an entry; where even the envelope is broken, the entry is kept as it came.
     *
     * @return the parked event's own id
     */
    UUID park(Entry entry, Envelope envelope, String consumer, String reason) {
        boolean readable = envelope != null;
        return database.call(
                        park,
                        readable ? envelope.company().value() : null,
                        readable ? envelope.id().value() : null,
                        entry.type(),
                        consumer,
                        readable ? EventJson.write(envelope) : null,
                        readable && isJson(entry.fields().get(Streams.PAYLOAD))
                                ? entry.fields().get(Streams.PAYLOAD)
                                : null,
                        readable ? null : EventJson.write(entry.fields()),
                        reason)
                .getFirst()
                .getUUID("id");
    }

    private static boolean isJson(String text) {
        try {
            EventJson.read(String.valueOf(text), Object.class);
            // PostgreSQL's jsonb cannot hold that character.
            return !String.valueOf(text).contains("\\u0000");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
