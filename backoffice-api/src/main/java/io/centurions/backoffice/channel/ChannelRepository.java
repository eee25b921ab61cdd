package io.centurions.backoffice.channel;

import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
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
            "id, company_id, centurion_id, channel, name, external_id, status, status_reason, version, "
                    + "created_at, updated_at";

    private static final String INSERT = """
            INSERT INTO core.channel_instances
                   (company_id, id, centurion_id, channel, name, external_id, sealed, webhook_secret_hash, account_proved)
            VALUES ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8::bytea, $9)
            """;

    private static final String CENTURION = "SELECT 1 FROM core.centurion_configs WHERE company_id = $1 AND id = $2";

    private static final String CHANGE = """
            UPDATE core.channel_instances
               SET name = $3, centurion_id = $4, version = version + 1, updated_at = clock_timestamp(),
                   sealed = CASE WHEN $5::text IS NULL THEN sealed
                                 ELSE sealed || jsonb_build_object('access_token', $5::text) END
             WHERE company_id = $1 AND id = $2
            """;

    private static final String CONNECTING = """
            UPDATE core.channel_instances
               SET status = 'connecting', status_reason = NULL, status_at = clock_timestamp(),
                   updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL
            RETURNING status_at::text AS mark
            """;

    private static final String MARK = """
            SELECT status_at::text AS mark FROM core.channel_instances
             WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL
            """;

    // Reports that came meanwhile know better than the end of our call, unless they say the same without a
    // reason; and those that are under way will: the time of the status stays.
    private static final String ANSWERED = """
            UPDATE core.channel_instances
               SET status = $4::text, status_reason = $5::text, updated_at = clock_timestamp(),
                   account_proved = account_proved OR $4::text = 'connected',
                   mended_at = CASE WHEN $4::text = 'connected' THEN clock_timestamp() ELSE mended_at END
             WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL
               AND (status_at = $3::text::timestamptz OR status = $4::text)
            """;

    // Reports come in any order: an older one changes nothing, nothing revives a deleted instance, and an
    // account is proved by the answer to whoever asked, not by a report. One that says the same leaves the reason of
    // what does not work. A gateway reports changes alone: behind "connected" stands an outage, though the report of it
    // be older and come later; whoever was away then is well. One that comes and goes many times a minute mends once in
    // it, or nothing would ever wait longer.
    private static final String REPORTED = """
            UPDATE core.channel_instances
               SET status = $3::text, status_at = $4, updated_at = clock_timestamp(),
                   status_reason = CASE WHEN status = $3::text AND status <> 'connected' THEN status_reason END,
                   mended_at = CASE WHEN $3::text = 'connected' AND coalesce(mended_at < clock_timestamp() - interval '1 min', true)
                                    THEN clock_timestamp() ELSE mended_at END
             WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL AND status_at < $4
               AND (account_proved OR $3::text <> 'connected')
            """;

    private static final String TAKEN = "SELECT 1 FROM core.find_instance_by_account_v1($1, $2) f WHERE NOT f.deleted";

    private static final String DELETE = """
            UPDATE core.channel_instances
               SET status = 'deleted', deleted_at = clock_timestamp(), sealed = '{}', version = version + 1,
                   updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL
            """;

    private static final String ONE =
            "SELECT " + COLUMNS + " FROM core.channel_instances WHERE company_id = $1 AND id = $2";

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
                // Anybody can type the id of an account or of a bot; WhatsApp's address is ours.
                !channel.hasToken());
    }

    /** Whether the account is somebody's already, who has proved it. */
    boolean isTaken(Tx tx, NewChannel channel, UUID id) {
        return tx.first(TAKEN, channel.channel(), channel.externalId(id)).isPresent();
    }

    boolean hasCenturion(Tx tx, UUID centurion) {
        return tx.first(CENTURION, tx.company().value(), centurion).isPresent();
    }

    /** @param sealedToken null: the token that it has stays */
    void change(Tx tx, UUID id, ChannelChange change, String sealedToken) {
        tx.execute(CHANGE, tx.company().value(), id, change.name().strip(), change.centurionId(), sealedToken);
    }

    /** @return the mark that {@link #answered} and {@link #failed} want */
    String connecting(Tx tx, UUID id) {
        return marked(tx.first(CONNECTING, tx.company().value(), id));
    }

    /** When the status was last told, so that nothing newer is overwritten by the end of a call that begins now. */
    String mark(Tx tx, UUID id) {
        return marked(tx.first(MARK, tx.company().value(), id));
    }

    /** @param status null: the gateway has said nothing that we understand */
    void answered(Tx tx, UUID id, String mark, String status) {
        if (status != null) {
            tx.execute(ANSWERED, tx.company().value(), id, mark, status, null);
        }
    }

    /** Connected, as before the call that was not answered. */
    void stays(Tx tx, UUID id, String mark, String reason) {
        tx.execute(ANSWERED, tx.company().value(), id, mark, "connected", reason);
    }

    void failed(Tx tx, UUID id, String mark, String reason) {
        tx.execute(ANSWERED, tx.company().value(), id, mark, "error", reason);
    }

    // Deleted since it was asked for: what becomes of the call is nobody's concern.
    private static String marked(Optional<Row> row) {
        return row.map(found -> found.getString("mark")).orElseThrow(() -> Problem.notFound("channel"));
    }

    boolean reported(Tx tx, UUID id, String status, Instant at) {
        return tx.execute(REPORTED, tx.company().value(), id, status, at.atOffset(ZoneOffset.UTC)) == 1;
    }

    void delete(Tx tx, UUID id) {
        tx.execute(DELETE, tx.company().value(), id);
    }

    Optional<ChannelView> find(Tx tx, UUID id) {
        return tx.first(ONE, tx.company().value(), id).map(ChannelView::of);
    }

    /** Locked, so that of two changes made for one version only the first is made. */
    Optional<ChannelView> findForUpdate(Tx tx, UUID id) {
        return tx.first(ONE + " FOR UPDATE", tx.company().value(), id).map(ChannelView::of);
    }

    List<ChannelView> page(Tx tx, UUID after, int limit) {
        return tx.query(PAGE, tx.company().value(), after, limit).stream()
                .map(ChannelView::of)
                .toList();
    }
}
