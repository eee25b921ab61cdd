package io.centurions.backoffice.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code core.lead_forms}. */
@ApplicationScoped
class FormRepository {

    private static final String COLUMNS =
            "id, company_id, key, name, instance_id, field_map::text AS field_map, guard::text AS guard, "
                    + "enabled, version, created_at, updated_at";

    private static final String INSERT = """
            INSERT INTO core.lead_forms (company_id, id, key, name, instance_id, field_map, guard, enabled)
            VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7::text::jsonb, $8)
            ON CONFLICT (key) DO NOTHING
            """;

    private static final String UPDATE = """
            UPDATE core.lead_forms
               SET name = $3, instance_id = $4, field_map = $5::text::jsonb, guard = $6::text::jsonb, enabled = $7,
                   version = version + 1, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2
            """;

    private static final String WHATSAPP = """
            SELECT id
              FROM core.channel_instances
             WHERE company_id = $1 AND channel = 'whatsapp' AND deleted_at IS NULL
               AND ($2::uuid IS NULL OR id = $2::uuid)
             ORDER BY id
             LIMIT 1
            """;

    private static final String PAGE = """
            SELECT %s
              FROM core.lead_forms
             WHERE company_id = $1 AND ($2::uuid IS NULL OR id < $2::uuid)
             ORDER BY id DESC
             LIMIT $3
            """.formatted(COLUMNS);

    private final ObjectMapper json;

    FormRepository(ObjectMapper json) {
        this.json = json;
    }

    /** False when another form, of whichever company, has the key. */
    boolean insert(Tx tx, UUID id, String key, UUID instance, NewForm form) {
        return tx.execute(
                        INSERT,
                        tx.company().value(),
                        id,
                        key,
                        form.name().strip(),
                        instance,
                        write(form.fieldMap()),
                        write(form.guard()),
                        form.enabled())
                == 1;
    }

    void update(Tx tx, UUID id, UUID instance, FormChange change) {
        tx.execute(
                UPDATE,
                tx.company().value(),
                id,
                change.name().strip(),
                instance,
                write(change.fieldMap()),
                write(change.guard()),
                change.enabled());
    }

    void delete(Tx tx, UUID id) {
        tx.execute(
                "DELETE FROM core.lead_forms WHERE company_id = $1 AND id = $2",
                tx.company().value(),
                id);
    }

    /** The wanted instance, or the oldest, where it lives on WhatsApp. */
    Optional<UUID> whatsapp(Tx tx, UUID wanted) {
        return tx.first(WHATSAPP, tx.company().value(), wanted).map(row -> row.getUUID("id"));
    }

    Optional<FormView> find(Tx tx, UUID id) {
        return tx.first(
                        "SELECT " + COLUMNS + " FROM core.lead_forms WHERE company_id = $1 AND id = $2",
                        tx.company().value(),
                        id)
                .map(this::view);
    }

    /** Locked, so that of two changes made for one version only the first is made. */
    Optional<FormView> findForUpdate(Tx tx, UUID id) {
        return tx.first(
                        "SELECT " + COLUMNS + " FROM core.lead_forms WHERE company_id = $1 AND id = $2 FOR UPDATE",
                        tx.company().value(),
                        id)
                .map(this::view);
    }

    List<FormView> page(Tx tx, UUID after, int limit) {
        return tx.query(PAGE, tx.company().value(), after, limit).stream()
                .map(this::view)
                .toList();
    }

    private FormView view(Row row) {
        return new FormView(
                row.getUUID("id"),
                row.getUUID("company_id"),
                row.getString("key"),
                row.getString("name"),
                row.getUUID("instance_id"),
                read(row.getString("field_map"), new TypeReference<Map<String, String>>() {}),
                read(row.getString("guard"), new TypeReference<FormGuard>() {}),
                row.getBoolean("enabled"),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private String write(Object part) {
        try {
            return json.writeValueAsString(part);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a part of a form", e);
        }
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored part of a form cannot be read", e);
        }
    }
}
