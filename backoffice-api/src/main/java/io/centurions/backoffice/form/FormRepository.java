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
            "id, company_id, key, name, instance_id, field_map::text AS field_map, enabled, created_at, updated_at";

    private static final String INSERT = """
            INSERT INTO core.lead_forms (company_id, id, key, name, instance_id, field_map, enabled)
            VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7)
            ON CONFLICT (key) DO NOTHING
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
                        form.enabled())
                == 1;
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
                read(row.getString("field_map")),
                row.getBoolean("enabled"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private String write(Map<String, String> fieldMap) {
        try {
            return json.writeValueAsString(fieldMap);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a form's field names", e);
        }
    }

    private Map<String, String> read(String text) {
        try {
            return json.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a form's stored field names cannot be read", e);
        }
    }
}
