package io.centurions.backoffice.parked;

import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What came of each webhook that one request has asked for, as the audit trails keep it. */
@ApplicationScoped
class AskedBefore {

    private static final String OF = """
            SELECT target,
                   count(*) FILTER (WHERE after ->> 'state' = 'asked')
                     > count(*) FILTER (WHERE after ->> 'state' IN ('already-settled', 'not-reprocessable', 'not-found'))
                       AS unheard,
                   bool_or(after ->> 'state' = 'reprocessed') AS done
              FROM %s
             WHERE target = ANY ($1::uuid[]) AND after ->> 'asking' = $2
            """;

    private static final String OF_COMPANYS =
            OF.formatted("core.audit_log") + " AND company_id = $3::uuid GROUP BY target";

    private static final String OF_HOLDINGS = OF.formatted("core.holding_audit") + " GROUP BY target";

    private final Database database;

    AskedBefore(Database database) {
        this.database = database;
    }

    /**
     * What came of one webhook.
     *
     * @param unheard whether the gateway was asked oftener than it said for certain that this had no effect
     * @param done    whether it said that it had
     */
    record Ends(boolean unheard, boolean done) {

        static final Ends NONE = new Ends(false, false);

        static Ends of(Row row) {
            return new Ends(row.getBoolean("unheard"), row.getBoolean("done"));
        }

        Ends and(Ends others) {
            return new Ends(unheard || others.unheard, done || others.done);
        }

        /** Somebody asks right now, or nobody heard what came of it: who asked died, or the gateway was away. */
        boolean open() {
            return unheard && !done;
        }
    }

    /** Of webhooks as a company's trail tells. */
    Map<UUID, Ends> ofCompanys(Tx tx, Collection<UUID> webhooks, String asking) {
        return ends(tx.query(
                OF_COMPANYS, webhooks.toArray(UUID[]::new), asking, tx.company().value()));
    }

    /** As the holding's trail tells, of when they named no company. */
    Map<UUID, Ends> ofHoldings(Collection<UUID> webhooks, String asking) {
        return ends(database.call(OF_HOLDINGS, webhooks.toArray(UUID[]::new), asking));
    }

    private static Map<UUID, Ends> ends(List<Row> rows) {
        return rows.stream().collect(Collectors.toMap(row -> row.getUUID("target"), Ends::of));
    }
}
