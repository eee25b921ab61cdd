package io.centurions.autentique.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.centurions.contracts.id.ContractId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.tenancy.Trace;
import io.centurions.platform.tenancy.Tx;
import io.centurions.platform.webhooks.Signatures;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Contracts and their signers as rows: opening, reading, and what a person may ask of one. */
@ApplicationScoped
public class ContractRepository {

    private static final String COLUMNS = """
            id, deal_id, lead_id, template_id, name, (fields)::text AS fields, value_cents, currency, deadline_at, status,
            status_reason, status_at, version, autentique_id, cancel_requested_at, sent_at, notices, attempts,
            correlation_id, traceparent, created_at""";

    /** The row is locked, so that of two who change it the second sees what the first did. */
    private static final String HELD =
            "SELECT " + COLUMNS + " FROM core.contracts WHERE company_id = $1 AND id = $2 AND fence = $3 FOR UPDATE";

    private static final String INSERT = """
            INSERT INTO core.contracts (company_id, deal_id, lead_id, template_id, name, fields, value_cents, currency,
                                        deadline_at, status, idempotency_key, request_hash, correlation_id,
                                        traceparent, due_at)
            VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7::bigint, $8::text, $9::timestamptz, $10, $11, $12, $13,
                    $14::text, clock_timestamp())
                ON CONFLICT (company_id, idempotency_key) DO NOTHING
            RETURNING id""";

    private static final TypeReference<Map<String, String>> VALUES = new TypeReference<>() {};

    private final ObjectMapper json;

    ContractRepository(ObjectMapper json) {
        this.json = json;
    }

    /** The contract, held by whoever owns this fence; empty when somebody else has claimed it since. */
    public Optional<Contract> held(Tx tx, ContractId id, long fence) {
        return tx.first(HELD, tx.company().value(), id.value(), fence).map(this::read);
    }

    /** In the order in which they were given. */
    public List<StoredSigner> signers(Tx tx, UUID contract) {
        return tx
                .query(
                        "SELECT * FROM core.contract_signers WHERE company_id = $1 AND contract_id = $2 ORDER BY position",
                        tx.company().value(),
                        contract)
                .stream()
                .map(ContractRepository::readSigner)
                .toList();
    }

    Optional<Contract> lock(Tx tx, UUID id) {
        return tx.first(
                        "SELECT " + COLUMNS + " FROM core.contracts WHERE company_id = $1 AND id = $2 FOR UPDATE",
                        tx.company().value(),
                        id)
                .map(this::read);
    }

    /** Empty when the key was used before. */
    Optional<UUID> insert(Tx tx, ContractRequest request, String name, ContractState state, byte[] hash) {
        Trace trace = Trace.current();
        return tx.first(
                        INSERT,
                        tx.company().value(),
                        request.dealId(),
                        request.leadId(),
                        request.templateId(),
                        name,
                        write(request.fields()),
                        request.valueCents(),
                        request.currency(),
                        request.deadlineAt() == null
                                ? null
                                : request.deadlineAt().atOffset(ZoneOffset.UTC),
                        state.status(),
                        request.idempotencyKey(),
                        Buffer.buffer(hash),
                        trace.correlationId(),
                        trace.traceparent())
                .map(row -> row.getUUID("id"));
    }

    void insertSigners(Tx tx, UUID contract, List<Signer> signers) {
        int position = 0;
        for (Signer signer : signers) {
            tx.execute(
                    "INSERT INTO core.contract_signers (company_id, contract_id, position, name, email, phone, delivery) "
                            + "VALUES ($1, $2, $3, $4, $5::text, $6::text, $7)",
                    tx.company().value(),
                    contract,
                    ++position,
                    signer.name(),
                    signer.email(),
                    signer.phone(),
                    signer.delivery().wire());
        }
    }

    /** The contract that was opened with this key and this content. */
    Optional<UUID> byKey(Tx tx, String key, byte[] hash) {
        return tx.first(
                        "SELECT id FROM core.contracts WHERE company_id = $1 AND idempotency_key = $2 AND request_hash = $3",
                        tx.company().value(),
                        key,
                        Buffer.buffer(hash))
                .map(row -> row.getUUID("id"));
    }

    void requestCancel(Tx tx, UUID id) {
        tx.execute(
                "UPDATE core.contracts SET cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp()), "
                        + "due_at = clock_timestamp(), updated_at = clock_timestamp() WHERE company_id = $1 AND id = $2",
                tx.company().value(),
                id);
    }

    Optional<ContractView> view(Tx tx, UUID id) {
        return tx.first(
                        "SELECT " + COLUMNS + " FROM core.contracts WHERE company_id = $1 AND id = $2",
                        tx.company().value(),
                        id)
                .map(row -> view(row, signers(tx, id)));
    }

    /** What makes two requests the same one, whatever the order of their fields. */
    byte[] fingerprint(ContractRequest request) {
        try {
            return Signatures.sha256(json.writer()
                    .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .writeValueAsString(request));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write a contract request", e);
        }
    }

    private Contract read(Row row) {
        return new Contract(
                ContractId.of(row.getUUID("id")),
                DealId.of(row.getUUID("deal_id")),
                LeadId.of(row.getUUID("lead_id")),
                row.getUUID("template_id"),
                row.getString("name"),
                readFields(row),
                instant(row, "deadline_at"),
                readState(row),
                row.getLong("version"),
                row.getString("autentique_id"),
                row.getOffsetDateTime("cancel_requested_at") != null,
                row.getLong("notices"),
                row.getInteger("attempts"),
                new Trace(row.getUUID("correlation_id"), null, row.getString("traceparent")),
                instant(row, "created_at"));
    }

    private static ContractState readState(Row row) {
        String document = row.getString("autentique_id");
        String reason = row.getString("status_reason");
        Instant at = instant(row, "status_at");
        return switch (row.getString("status")) {
            case "draft" -> new ContractState.Draft();
            case "sending" -> new ContractState.Sending();
            case "sent" -> new ContractState.Sent(document, at);
            case "signed" -> new ContractState.Signed(document, at);
            case "rejected" -> new ContractState.Rejected(document, at);
            case "expired" -> new ContractState.Expired(document, at);
            case "canceled" -> new ContractState.Canceled(reason, at);
            case "failed" -> new ContractState.Failed(reason, at);
            case String other -> throw new IllegalStateException("contract " + row.getUUID("id") + " is " + other);
        };
    }

    private static ContractView view(Row row, List<StoredSigner> signers) {
        return new ContractView(
                row.getUUID("id"),
                row.getUUID("deal_id"),
                row.getUUID("lead_id"),
                row.getUUID("template_id"),
                row.getString("name"),
                row.getString("status"),
                row.getString("status_reason"),
                instant(row, "status_at"),
                row.getLong("version"),
                row.getString("autentique_id"),
                row.getLong("value_cents"),
                row.getString("currency"),
                instant(row, "deadline_at"),
                row.getOffsetDateTime("cancel_requested_at") != null,
                instant(row, "created_at"),
                signers.stream().map(ContractView.SignerView::of).toList());
    }

    private static StoredSigner readSigner(Row row) {
        return new StoredSigner(
                row.getUUID("id"),
                row.getInteger("position"),
                new Signer(
                        row.getString("name"),
                        row.getString("email"),
                        row.getString("phone"),
                        Signer.Delivery.of(row.getString("delivery"))),
                row.getString("signature_id"),
                row.getString("link"),
                instant(row, "viewed_at"),
                instant(row, "signed_at"),
                instant(row, "rejected_at"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }

    private Map<String, String> readFields(Row row) {
        try {
            return json.readValue(row.getString("fields"), VALUES);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot read the fields of contract " + row.getUUID("id"), e);
        }
    }

    private String write(Map<String, String> fields) {
        try {
            return json.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write the fields of a contract", e);
        }
    }
}
