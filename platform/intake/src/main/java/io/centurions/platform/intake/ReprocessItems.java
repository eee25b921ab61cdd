package io.centurions.platform.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.platform.outbox.Relay;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.webhooks.Origin;
import io.centurions.platform.webhooks.ReprocessWebhook.Handled;
import io.centurions.platform.webhooks.ReprocessWebhook.Wanted;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Stores what a parked webhook says and settles it, in one transaction: nothing of it is stored by
 * whoever finds it settled, and it stays parked when one of its items can not be stored, or none of
 * them is anybody's.
 */
@ApplicationScoped
public class ReprocessItems {

    // l before r before s before m: who is late stores nothing, and waits for nobody.
    private static final String STATEMENT = """
            WITH l AS MATERIALIZED (SELECT core.lock_webhook_%2$s_v1($2) AS parked),
                 r AS MATERIALIZED (SELECT CASE WHEN l.parked THEN %1$s($1::text::jsonb) END AS out FROM l),
                 s AS MATERIALIZED (SELECT core.append_events_%2$s_v1(r.out -> 'events') AS appended FROM r),
                 m AS MATERIALIZED (
                     SELECT CASE WHEN r.out -> 'results' = '[]'
                                   OR EXISTS (SELECT FROM jsonb_array_elements(r.out -> 'results') AS o (result)
                                               WHERE o.result ->> 'outcome' NOT IN ('unknown_instance', 'deleted_instance'))
                                 THEN core.mark_webhook_%2$s_v1($2, 'reprocessed', $3, $4::uuid, $5::uuid)
                                 ELSE false END AS settled
                       FROM r, s)
            SELECT l.parked, m.settled, (r.out -> 'results')::text AS results FROM l, r, m
            """;

    private final Database database;
    private final Relay relay;
    private final ObjectMapper json;
    private final String statement;

    ReprocessItems(
            Database database,
            Relay relay,
            ObjectMapper json,
            IntakeConfig config,
            @ConfigProperty(name = "centurions.service") String suffix) {
        this.database = database;
        this.relay = relay;
        this.json = json;
        this.statement = STATEMENT.formatted(config.function(), suffix);
    }

    /**
     * All or nothing.
     *
     * @param whose  noted where it was not known when it came, so that a rebuild finds it
     * @param items  what it says, as {@link StoreWebhooks#store} takes it
     * @param stored hears one outcome per item, once that is committed; nothing otherwise
     */
    public Handled handle(Wanted wanted, Origin whose, List<String> items, Consumer<List<Outcome>> stored) {
        String batch = "[" + String.join(",", items) + "]";
        Row ended = Tries.of(() -> once(wanted, whose, batch), null);
        if (ended == null) {
            return Handled.UNSTORABLE;
        }
        if (!ended.getBoolean("parked")) {
            return Handled.LATE;
        }
        if (!ended.getBoolean("settled")) {
            return Handled.UNSTORABLE;
        }
        relay.wakeSoon();
        stored.accept(Outcome.all(ended.getString("results"), json));
        return Handled.SETTLED;
    }

    private Row once(Wanted wanted, Origin whose, String batch) {
        return database.call(
                        statement,
                        batch,
                        wanted.kept().id(),
                        wanted.by(),
                        whose.company() == null ? null : whose.company().value(),
                        whose.instance())
                .getFirst();
    }
}
