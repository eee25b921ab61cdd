package io.centurions.evolution.instance;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.evolution.evolution.Qr;
import io.centurions.platform.tenancy.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Rows of {@code core.whatsapp_instances} and their history, inside the caller's transaction. */
@ApplicationScoped
class WhatsAppInstanceRepository {

    private static final String COLUMNS = """
            SELECT instance_id, company_id, evolution_name, state, state_reason, reported_at, qr_code, qr_base64, pairing_code, qr_at,
                   sealed ->> 'webhook_secret' AS webhook_secret
              FROM core.whatsapp_instances
             WHERE company_id = $1
            """;

    private static final String ONE = COLUMNS + " AND instance_id = $2";
    private static final String LIVING = COLUMNS + " AND deleted_at IS NULL ORDER BY instance_id";

    /** Does nothing when the row is there. The global name index refuses a name that lives under another instance (23505). */
    private static final String RESERVE = """
            INSERT INTO core.whatsapp_instances (company_id, instance_id, evolution_name, webhook_secret_hash, sealed)
            VALUES ($1, $2, $3, $4, jsonb_build_object('webhook_secret', $5::text))
                ON CONFLICT (company_id, instance_id) DO NOTHING
            """;

    private static final String PROVIDED = """
            UPDATE core.whatsapp_instances
               SET provided_at = clock_timestamp(), updated_at = clock_timestamp(), keeps_messages = coalesce($3, keeps_messages),
                   sealed = CASE WHEN $4::text IS NULL THEN sealed ELSE sealed || jsonb_build_object('instance_token', $4::text) END
             WHERE company_id = $1 AND instance_id = $2 AND deleted_at IS NULL
            """;

    private static final String STANDS = """
            UPDATE core.whatsapp_instances
               SET state = $3, state_reason = $4::text, reported_at = $5::timestamptz,
                   qr_code = coalesce($6::text, qr_code), qr_base64 = $7::text, pairing_code = $8::text,
                   qr_at = CASE WHEN $3 = 'qr_ready' THEN clock_timestamp() END, updated_at = clock_timestamp()
             WHERE company_id = $1 AND instance_id = $2
            """;

    /** The secrets go at once; the hash stays, to tell the server's last webhooks from a stranger's. */
    private static final String DELETE = """
            UPDATE core.whatsapp_instances
               SET state = 'deleted', state_reason = NULL, deleted_at = clock_timestamp(), updated_at = clock_timestamp(),
                   qr_code = NULL, qr_base64 = NULL, pairing_code = NULL, qr_at = NULL, sealed = '{}'
             WHERE company_id = $1 AND instance_id = $2 AND deleted_at IS NULL
            """;

    private static final String REMEMBER = """
            INSERT INTO core.instance_events (company_id, instance_id, kind, from_state, to_state, reason)
            VALUES ($1, $2, $3, $4::text, $5::text, $6::text)
            """;

    void reserve(Tx tx, InstanceId id, String serverName, byte[] secretHash, String sealedSecret) {
        tx.execute(RESERVE, tx.company().value(), id.value(), serverName, Buffer.buffer(secretHash), sealedSecret);
    }

    Optional<WhatsAppInstance> find(Tx tx, InstanceId id) {
        return tx.first(ONE, tx.company().value(), id.value()).map(WhatsAppInstanceRepository::read);
    }

    /** All of the company's that are not deleted. */
    List<WhatsAppInstance> living(Tx tx) {
        return tx.query(LIVING, tx.company().value()).stream()
                .map(WhatsAppInstanceRepository::read)
                .toList();
    }

    /** Found and locked: reports about one instance are taken over one after the other. */
    Optional<WhatsAppInstance> lock(Tx tx, InstanceId id) {
        return tx.first(ONE + " FOR UPDATE", tx.company().value(), id.value()).map(WhatsAppInstanceRepository::read);
    }

    /** @param keepsMessages null: the server cannot say now, it stays as it was */
    void provided(Tx tx, InstanceId id, Boolean keepsMessages, String sealedToken) {
        tx.execute(PROVIDED, tx.company().value(), id.value(), keepsMessages, sealedToken);
    }

    void stands(Tx tx, InstanceId id, Standing now) {
        Qr qr = now.qr() == null ? new Qr(null, null, null) : now.qr();
        OffsetDateTime reported =
                now.reportedAt() == null ? null : now.reportedAt().atOffset(ZoneOffset.UTC);
        tx.execute(
                STANDS,
                tx.company().value(),
                id.value(),
                now.state().column(),
                now.reason(),
                reported,
                qr.code(),
                qr.base64(),
                qr.pairingCode());
    }

    boolean delete(Tx tx, InstanceId id) {
        return tx.execute(DELETE, tx.company().value(), id.value()) > 0;
    }

    void remember(Tx tx, InstanceId id, String kind, InstanceState from, InstanceState to, String reason) {
        tx.execute(
                REMEMBER,
                tx.company().value(),
                id.value(),
                kind,
                from == null ? null : from.column(),
                to == null ? null : to.column(),
                reason);
    }

    private static WhatsAppInstance read(Row row) {
        InstanceState state = InstanceState.stored(row.getString("state"));
        Qr qr = state == InstanceState.QR_READY
                ? new Qr(row.getString("qr_code"), row.getString("qr_base64"), row.getString("pairing_code"))
                : null;
        return new WhatsAppInstance(
                InstanceId.of(row.getUUID("instance_id")),
                CompanyId.of(row.getUUID("company_id")),
                row.getString("evolution_name"),
                new Standing(
                        state, row.getString("state_reason"), moment(row, "reported_at"), qr, row.getString("qr_code")),
                moment(row, "qr_at"),
                row.getString("webhook_secret"));
    }

    private static Instant moment(Row row, String column) {
        OffsetDateTime value = row.getOffsetDateTime(column);
        return value == null ? null : value.toInstant();
    }
}
