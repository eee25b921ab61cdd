package io.centurions.autentique.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Templates as rows. */
@ApplicationScoped
public class TemplateRepository {

    private static final String COLUMNS = "id, name, version, body, (fields)::text AS fields";

    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

    private final ObjectMapper json;

    TemplateRepository(ObjectMapper json) {
        this.json = json;
    }

    /** One version; empty when this company has none by that id. */
    public Optional<Template> find(Tx tx, UUID id) {
        return tx.first(
                        "SELECT " + COLUMNS + " FROM core.contract_templates WHERE company_id = $1 AND id = $2",
                        tx.company().value(),
                        id)
                .map(this::read);
    }

    Optional<Template> latest(Tx tx, String name) {
        return tx.first(
                        "SELECT " + COLUMNS + " FROM core.contract_templates WHERE company_id = $1 AND name = $2 "
                                + "ORDER BY version DESC LIMIT 1",
                        tx.company().value(),
                        name)
                .map(this::read);
    }

    /** Empty when somebody else wrote this version, or this id, first. */
    Optional<Template> insert(Tx tx, Template template) {
        return tx.first(
                        "INSERT INTO core.contract_templates (company_id, id, name, version, body, fields) "
                                + "VALUES ($1, $2, $3, $4, $5, $6::text::jsonb) ON CONFLICT DO NOTHING RETURNING "
                                + COLUMNS,
                        tx.company().value(),
                        template.id(),
                        template.name(),
                        template.version(),
                        template.body(),
                        write(template.fields()))
                .map(this::read);
    }

    private Template read(Row row) {
        try {
            return new Template(
                    row.getUUID("id"),
                    row.getString("name"),
                    row.getInteger("version"),
                    row.getString("body"),
                    json.readValue(row.getString("fields"), NAMES));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot read the fields of template " + row.getUUID("id"), e);
        }
    }

    private String write(List<String> fields) {
        try {
            return json.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write the names of fields", e);
        }
    }
}
