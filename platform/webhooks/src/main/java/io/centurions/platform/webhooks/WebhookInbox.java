package io.centurions.platform.webhooks;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.webhooks.ReprocessWebhook.Handled;
import io.centurions.platform.webhooks.ReprocessWebhook.Wanted;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Keeps genuine webhooks that could not be handled, byte for byte, so that an operator can have them handled
 * again; and reads back what was kept, these and the ones that were applied.
 */
@ApplicationScoped
public class WebhookInbox {

    private static final Logger LOG = Logger.getLogger(WebhookInbox.class);

    private final Database database;
    private final WebhookCounters counters;
    private final String keep;
    private final String find;
    private final String read;
    private final String settle;
    private final String window;

    WebhookInbox(
            Database database, WebhookCounters counters, @ConfigProperty(name = "centurions.service") String suffix) {
        this.database = database;
        this.counters = counters;
        this.keep =
                "SELECT core.keep_webhook_" + suffix + "_v1($1::uuid, $2, $3, $4::text::jsonb, $5, $6, $7::uuid) AS id";
        this.find = "SELECT * FROM core.show_webhook_" + suffix + "_v1($1)";
        this.read = "SELECT * FROM core.read_webhook_" + suffix + "_v1($1)";
        this.settle = "SELECT core.mark_webhook_" + suffix + "_v1($1, 'reprocessed', $2, NULL, NULL) AS settled";
        this.window = "SELECT * FROM core.window_webhooks_" + suffix
                + "_v4($1::timestamptz, $2::timestamptz, $3::uuid, $4::timestamptz, $5::uuid, $6)";
    }

    /**
     * Parks one webhook in a transaction of its own. When it returns, the provider may hear 200. The same
     * words from the same address are parked once, however often they come and whatever became of them.
     *
     * @param reason a fixed word, never content
     */
    public void keep(Origin origin, byte[] body, String reason) {
        JsonObject headers = new JsonObject();
        origin.safeHeaders().forEach(headers::put);
        UUID id = database.call(
                        keep,
                        origin.company() == null ? null : origin.company().value(),
                        origin.provider(),
                        origin.address(),
                        headers.encode(),
                        Buffer.buffer(body),
                        reason,
                        origin.instance())
                .getFirst()
                .getUUID("id");
        counters.ignored(origin.provider(), reason);
        if (id != null) {
            LOG.warnf("parked a webhook of %s as %s: %s; runbook parked-webhooks", origin.provider(), id, reason);
        }
    }

    /** One that this service keeps, without its body. */
    Optional<KeptSummary> find(UUID id) {
        return database.call(find, id).stream().findFirst().map(WebhookInbox::summary);
    }

    /** One that this service keeps: as large as {@link #find} said. */
    Optional<KeptWebhook> read(UUID id) {
        return database.call(read, id).stream().findFirst().map(WebhookInbox::kept);
    }

    /** Settles one that says nothing to act on. */
    public Handled settle(Wanted wanted) {
        boolean settled = database.call(settle, wanted.kept().id(), wanted.by())
                .getFirst()
                .getBoolean("settled");
        return settled ? Handled.SETTLED : Handled.LATE;
    }

    /**
     * What was received from (inclusive) to (exclusive), in that order, without what was discarded.
     *
     * @param instance of this instance, and those that came for no single one; null: of all
     * @param after    the last one seen, which need not be there any more; null: from the first
     */
    List<KeptSummary> window(Instant from, Instant to, UUID instance, KeptSummary after, int limit) {
        return database
                .call(
                        window,
                        from.atOffset(ZoneOffset.UTC),
                        to.atOffset(ZoneOffset.UTC),
                        instance,
                        after == null ? null : after.receivedAt().atOffset(ZoneOffset.UTC),
                        after == null ? null : after.id(),
                        limit)
                .stream()
                .map(WebhookInbox::summary)
                .toList();
    }

    private static KeptSummary summary(Row row) {
        return new KeptSummary(
                row.getUUID("id"),
                row.getUUID("instance_id"),
                row.getString("state"),
                row.getInteger("body_length"),
                row.getOffsetDateTime("received_at").toInstant());
    }

    private static KeptWebhook kept(Row row) {
        UUID company = row.getUUID("company_id");
        Map<String, String> headers = new LinkedHashMap<>();
        new JsonObject(row.getString("headers"))
                .forEach(each -> headers.put(each.getKey(), String.valueOf(each.getValue())));
        return new KeptWebhook(
                row.getUUID("id"),
                new Origin(
                        row.getString("provider"),
                        row.getString("address"),
                        company == null ? null : CompanyId.of(company),
                        row.getUUID("instance_id"),
                        headers),
                row.getBuffer("body").getBytes(),
                row.getOffsetDateTime("received_at").toInstant());
    }
}
