package io.centurions.backoffice.channel;

import io.centurions.platform.tenancy.Tx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code core.channel_instances}. */
@ApplicationScoped
class ChannelRepository {

    private static final String COLUMNS =
            "id, company_id, centurion_id, channel, name, external_id, status, status_reason, created_at, updated_at";

    private static final String INSERT = """
            INSERT INTO core.channel_instances
                   (company_id, id, centurion_id, channel, name, external_id, sealed, webhook_secret_hash, status)
            VALUES ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8::bytea, $9)
            """;

    private static final String CENTURION = "SELECT 1 FROM core.centurion_configs WHERE company_id = $1 AND id = $2";

    private static final String CONNECTING = """
            UPDATE core.channel_instances
               SET status = 'connecting', status_reason = NULL, status_at = clock_timestamp(),
                   updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL
            """;

    // The gateway's own report may have come meanwhile: it knows better than the end of our call.
    private static final String CONNECT_FAILED = """
            UPDATE core.channel_instances
               SET status = 'error', status_reason = $3, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2 AND status = 'connecting'
            """;

    private static final String CONNECTED = """
            UPDATE core.channel_instances
               SET status = 'connected', status_at = clock_timestamp(), updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2 AND status = 'connecting'
            """;

    // Reports come in any order: an older one changes nothing, and nothing revives a deleted instance.
    private static final String REPORTED = """
            UPDATE core.channel_instances
               SET status = $3, status_reason = NULL, status_at = $4, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL AND status_at < $4
            """;

    private static final String DELETE = """
            UPDATE core.channel_instances
               SET status = 'deleted', deleted_at = clock_timestamp(), sealed = '{}', updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL
            """;

    private static final String PAGE = """
            SELECT %s
              FROM core.channel_instances
             WHERE company_id = $1 AND ($2::uuid IS NULL OR id < $2::uuid)
             ORDER BY id DESC
             LIMIT $3
            """.formatted(COLUMNS);

    void insert(Tx tx, UUID id, NewChannel channel, String sealed, byte[] webhookSecretHash) {
        tx.execute(
                INSERT,
                tx.company().value(),
                id,
                channel.centurionId(),
                channel.channel(),
                channel.name().strip(),
                channel.externalId(id),
                sealed,
                webhookSecretHash == null ? null : Buffer.buffer(webhookSecretHash),
                // Nothing has to be called for Instagram: one subscription of the app serves all accounts.
                channel.channel().equals("instagram") ? "connected" : "new");
    }

    boolean hasCenturion(Tx tx, UUID centurion) {
        return tx.first(CENTURION, tx.company().value(), centurion).isPresent();
    }

    void connecting(Tx tx, UUID id) {
        tx.execute(CONNECTING, tx.company().value(), id);
    }

    void connected(Tx tx, UUID id) {
        tx.execute(CONNECTED, tx.company().value(), id);
    }

    void connectFailed(Tx tx, UUID id, String reason) {
        tx.execute(CONNECT_FAILED, tx.company().value(), id, reason);
    }

    boolean reported(Tx tx, UUID id, String status, Instant at) {
        return tx.execute(REPORTED, tx.company().value(), id, status, at.atOffset(ZoneOffset.UTC)) == 1;
    }

    boolean delete(Tx tx, UUID id) {
        return tx.execute(DELETE, tx.company().value(), id) == 1;
    }

    Optional<ChannelView> find(Tx tx, UUID id) {
        return tx.first(
                        "SELECT " + COLUMNS + " FROM core.channel_instances WHERE company_id = $1 AND id = $2",
                        tx.company().value(),
                        id)
                .map(ChannelView::of);
    }

    List<ChannelView> page(Tx tx, UUID after, int limit) {
        return tx.query(PAGE, tx.company().value(), after, limit).stream()
                .map(ChannelView::of)
                .toList();
    }
}
