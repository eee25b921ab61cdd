package io.centurions.autentique.webhook;

import io.centurions.autentique.autentique.Notice.AboutDocument;
import io.centurions.autentique.contract.DueSignal;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.webhooks.KeptWebhook;
import io.centurions.platform.webhooks.Origin;
import io.centurions.platform.webhooks.RebuildWindow.Restored;
import io.centurions.platform.webhooks.ReprocessWebhook.Handled;
import io.centurions.platform.webhooks.ReprocessWebhook.Wanted;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Base64;

/**
 * Stores a notice at its contract, once, together with the webhook that brought it, and makes the contract
 * due; what it means is confirmed by the loop.
 */
@ApplicationScoped
class KeepNotice {

    // One statement: the notice and its webhook are stored together or not at all. A stranger's document is
    // not kept here.
    private static final String STORE = """
            WITH n AS MATERIALIZED (SELECT core.receive_notice_v1($1::text::jsonb) AS out),
                 k AS MATERIALIZED (
                     SELECT core.keep_webhooks_autentique_v1(CASE WHEN n.out ->> 'outcome' = 'unknown_document' THEN '[]'
                                ELSE jsonb_build_array($2::text::jsonb || jsonb_build_object('company_id', n.out ->> 'company_id')) END)
                       FROM n)
            SELECT n.out ->> 'outcome' AS outcome FROM n, k
            """;

    // Likewise the notice and the end of its being parked: l before n before m, so that who is late
    // stores nothing.
    private static final String REPROCESS = """
            WITH l AS MATERIALIZED (SELECT core.lock_webhook_autentique_v1($2) AS parked),
                 n AS MATERIALIZED (SELECT CASE WHEN l.parked THEN core.receive_notice_v1($1::text::jsonb) END AS out FROM l),
                 m AS MATERIALIZED (
                     SELECT CASE WHEN n.out ->> 'outcome' <> 'unknown_document'
                                 THEN core.mark_webhook_autentique_v1($2, 'reprocessed', $3, (n.out ->> 'company_id')::uuid, NULL)
                                 ELSE false END AS settled
                       FROM n)
            SELECT l.parked, m.settled FROM l, n, m
            """;

    private static final String KEEP_ALONE =
            "SELECT core.keep_webhooks_autentique_v1(jsonb_build_array($1::text::jsonb)) AS kept";

    private static final String RESTORE = "SELECT core.rebuild_notice_v1($1::text::jsonb) AS restored";

    private final Database database;
    private final DueSignal due;

    KeepNotice(Database database, DueSignal due) {
        this.database = database;
        this.due = due;
    }

    /** @param body byte for byte */
    Kept keep(AboutDocument notice, Origin origin, byte[] body) {
        String outcome = database.call(STORE, json(notice, null), json(origin, body))
                .getFirst()
                .getString("outcome");
        Kept kept = Kept.valueOf(outcome.toUpperCase(java.util.Locale.ROOT));
        if (kept == Kept.STORED) {
            due.ring();
        }
        return kept;
    }

    /** Keeps a webhook that says nothing to act on, as applied; for nobody, because its contract is not looked for. */
    void keepAlone(Origin origin, byte[] body) {
        database.call(KEEP_ALONE, json(origin, body));
    }

    /** Stores the notice of a parked webhook and settles it, both or neither. */
    Handled reprocess(AboutDocument notice, Wanted wanted) {
        Row ended = database.call(REPROCESS, json(notice, null), wanted.kept().id(), wanted.by())
                .getFirst();
        if (!ended.getBoolean("parked")) {
            return Handled.LATE;
        }
        if (!ended.getBoolean("settled")) {
            return Handled.UNSTORABLE;
        }
        due.ring();
        return Handled.SETTLED;
    }

    /** Puts a notice back that is missing; nobody looks at the contract again for it. */
    Restored restore(AboutDocument notice, KeptWebhook webhook) {
        try {
            boolean restored = database.call(RESTORE, json(notice, webhook.receivedAt()))
                    .getFirst()
                    .getBoolean("restored");
            return Restored.of(restored ? 1 : 0, restored ? 0 : 1);
        } catch (PgException refused) {
            if (String.valueOf(refused.getSqlState()).startsWith("22")) {
                return Restored.UNREADABLE;
            }
            throw refused;
        }
    }

    private static String json(AboutDocument notice, Instant receivedAt) {
        return new JsonObject()
                .put("document", notice.document())
                .put(
                        "reference",
                        notice.reference() == null ? null : notice.reference().toString())
                .put("event_id", notice.eventId())
                .put("type", notice.type())
                .put("payload", new JsonObject(notice.kept()))
                .put(
                        "occurred_at",
                        notice.occurredAt() == null ? null : notice.occurredAt().toString())
                .put("received_at", receivedAt == null ? null : receivedAt.toString())
                .encode();
    }

    private static String json(Origin origin, byte[] body) {
        JsonObject headers = new JsonObject();
        origin.safeHeaders().forEach(headers::put);
        return new JsonObject()
                .put("provider", origin.provider())
                .put("address", origin.address())
                .put("headers", headers)
                .put("state", "applied")
                .put("body", Base64.getEncoder().encodeToString(body))
                .encode();
    }

    /** How it ended; all three are answered 200. */
    enum Kept {
        STORED,
        REPEATED,
        UNKNOWN_DOCUMENT
    }
}
