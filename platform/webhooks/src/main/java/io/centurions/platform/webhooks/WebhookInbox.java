package io.centurions.platform.webhooks;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Keeps genuine webhooks that could not be read, byte for byte, so that an operator can have them handled again. */
@ApplicationScoped
public class WebhookInbox {

    private static final Logger LOG = Logger.getLogger(WebhookInbox.class);

    private final Database database;
    private final WebhookCounters counters;
    private final String keep;

    WebhookInbox(
            Database database, WebhookCounters counters, @ConfigProperty(name = "centurions.service") String suffix) {
        this.database = database;
        this.counters = counters;
        this.keep = "SELECT core.keep_webhook_" + suffix + "_v1($1::uuid, $2, $3, $4::text::jsonb, $5, $6) AS id";
    }

    /**
     * Keeps one webhook in a transaction of its own. When it returns, the provider may hear 200.
     *
     * @param company     whose it is, null when even that cannot be told
     * @param safeHeaders headers without secrets or signatures
     * @param reason      a fixed word, never content
     */
    public UUID keep(
            String provider,
            String address,
            CompanyId company,
            Map<String, String> safeHeaders,
            byte[] body,
            String reason) {
        JsonObject headers = new JsonObject();
        safeHeaders.forEach(headers::put);
        UUID id = database.call(
                        keep,
                        company == null ? null : company.value(),
                        provider,
                        address,
                        headers.encode(),
                        Buffer.buffer(body),
                        reason)
                .getFirst()
                .getUUID("id");
        counters.ignored(provider, reason);
        LOG.warnf("kept an unreadable %s webhook as %s: %s; runbook parked-webhooks", provider, id, reason);
        return id;
    }
}
