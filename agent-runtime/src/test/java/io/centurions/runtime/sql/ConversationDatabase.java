package io.centurions.runtime.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.platform.migrate.Migrations;
import io.centurions.platform.testkit.Repository;
import io.centurions.platform.testkit.Servers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A database of its own beside that of the running services: their loops would take what these tests leave due.
 */
final class ConversationDatabase {

    static final String RUNTIME = "runtime_app";
    static final String EVOLUTION = "evolution_app";
    static final String BACKOFFICE = "backoffice_app";
    static final ObjectMapper JSON = new ObjectMapper();

    /** When every test begins. */
    static final OffsetDateTime NOON = OffsetDateTime.parse("2026-03-02T12:00:00Z");

    private static final String NAME = "conversation_sql";
    private static ConversationDatabase migrated;

    private final Servers servers;

    private ConversationDatabase(Servers servers) {
        this.servers = servers;
    }

    static synchronized ConversationDatabase get() {
        if (migrated == null) {
            var database = new ConversationDatabase(Servers.started());
            database.migrate();
            migrated = database;
        }
        return migrated;
    }

    record Company(UUID id, UUID centurion, UUID whatsapp, UUID instagram, UUID telegram) {}

    /** An active company whose Centurion waits 4 s after the last word, 20 s at most. */
    Company company() {
        var company = new Company(
                UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        String slug = "c" + company.id().toString().replace("-", "");
        admin(
                "INSERT INTO core.companies (id, slug, name, schema_name, status) VALUES (?, ?, 'Empresa', ?,"
                        + " 'active')",
                company.id(),
                slug,
                "empresa_" + slug);
        admin(
                "INSERT INTO core.centurion_configs (id, company_id, name, draft) VALUES (?, ?, 'Centurion', '{}')",
                company.centurion(),
                company.id());
        instance(company, company.whatsapp(), "whatsapp");
        instance(company, company.instagram(), "instagram");
        instance(company, company.telegram(), "telegram");
        return company;
    }

    private void instance(Company company, UUID id, String channel) {
        admin(
                "INSERT INTO core.channel_instances (id, company_id, centurion_id, channel, name, external_id, status) "
                        + "VALUES (?, ?, ?, ?, ?, ?, 'connected')",
                id,
                company.id(),
                company.centurion(),
                channel,
                channel,
                id.toString());
    }

    /** Ends whatever earlier tests left waiting: claims look at all companies. */
    void calm() {
        admin("UPDATE core.conversations SET turn_due_at = NULL, burst_started_at = NULL, lease_until = NULL");
        admin("UPDATE core.messages SET status = 'superseded' WHERE status IN ('planned', 'sending')");
    }

    /** Stores a batch as a gateway does: the events go to its outbox in the same statement. */
    JsonNode receive(String role, OffsetDateTime at, List<ObjectNode> items) {
        String suffix = role.substring(0, role.indexOf('_'));
        return json(call(role, """
            WITH r AS MATERIALIZED (SELECT core.receive_messages_v1(?::text::jsonb, ?) AS out),
                 s AS MATERIALIZED (SELECT core.append_events_%s_v1(r.out->'events') FROM r)
            SELECT (r.out)::text AS out FROM r, s
            """.formatted(suffix), items.toString(), at)
                .getFirst()
                .get("out"));
    }

    /** One item, its result. */
    JsonNode receive(OffsetDateTime at, ObjectNode item) {
        return receive(EVOLUTION, at, List.of(item)).path("results").get(0);
    }

    /** Runs a statement under no claims. */
    List<Map<String, Object>> call(String role, String sql, Object... parameters) {
        try (Connection connection = connect(role)) {
            return run(connection, sql, parameters);
        } catch (SQLException e) {
            throw new Refused(e);
        }
    }

    /** Runs statements in one transaction on behalf of a company. */
    List<Map<String, Object>> asCompany(String role, UUID company, String sql, Object... parameters) {
        try (Connection connection = connect(role)) {
            connection.setAutoCommit(false);
            run(connection, "SELECT set_config('request.jwt.claims', ?, true)", "{\"company_id\":\"" + company + "\"}");
            List<Map<String, Object>> rows = run(connection, sql, parameters);
            connection.commit();
            return rows;
        } catch (SQLException e) {
            throw new Refused(e);
        }
    }

    List<Map<String, Object>> admin(String sql, Object... parameters) {
        try (Connection connection = connectAsAdmin()) {
            return run(connection, sql, parameters);
        } catch (SQLException e) {
            throw new Refused(e);
        }
    }

    /** The single value of a single row. */
    Object value(String sql, Object... parameters) {
        return admin(sql, parameters).getFirst().values().iterator().next();
    }

    long count(String sql, Object... parameters) {
        return ((Number) value(sql, parameters)).longValue();
    }

    Connection connect(String role) throws SQLException {
        return DriverManager.getConnection(url(), role, Servers.APP_PASSWORD);
    }

    /** Sees every company's rows, as the owner of a function does. */
    Connection connectAsAdmin() throws SQLException {
        return DriverManager.getConnection(url(), servers.adminUser(), servers.adminPassword());
    }

    static JsonNode json(Object text) {
        try {
            return JSON.readTree(String.valueOf(text));
        } catch (JsonProcessingException e) {
            throw new AssertionError("the database answered something that is not JSON", e);
        }
    }

    private String url() {
        return servers.adminUrl().replaceFirst("/[^/]*$", "/" + NAME);
    }

    private void migrate() {
        try (Connection connection =
                DriverManager.getConnection(servers.adminUrl(), servers.adminUser(), servers.adminPassword())) {
            run(connection, "CREATE DATABASE " + NAME);
            var migrations = new Migrations(url(), servers.adminUser(), servers.adminPassword());
            migrations.foundation();
            slice(migrations, "governance", "backoffice-api");
            slice(migrations, "conversation", "agent-runtime");
            slice(migrations, "channels", "evolution-manager");
            slice(migrations, "contracts", "autentique-service");
            slice(migrations, "marketing", "capi-dispatcher");
            patient();
        } catch (SQLException e) {
            throw new IllegalStateException("the test database could not be migrated", e);
        }
    }

    // Tests hold rows for as long as a busy machine takes, and who looks again where a row is held is not here.
    private void patient() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), servers.adminUser(), servers.adminPassword())) {
            run(connection, "ALTER FUNCTION core.receive_messages_v1(jsonb, timestamptz) SET lock_timeout = '10s'");
        }
    }

    private static void slice(Migrations migrations, String slice, String service) {
        var folder = Repository.root()
                .resolve(service)
                .resolve("src/main/resources/db")
                .resolve(slice);
        migrations.slice(slice, "filesystem:" + folder, ConversationDatabase.class.getClassLoader());
    }

    static List<Map<String, Object>> run(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < parameters.length; index++) {
                statement.setObject(index + 1, parameters[index]);
            }
            List<Map<String, Object>> rows = new ArrayList<>();
            if (!statement.execute()) {
                return rows;
            }
            try (ResultSet found = statement.getResultSet()) {
                while (found.next()) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                        row.put(found.getMetaData().getColumnLabel(column), found.getObject(column));
                    }
                    rows.add(row);
                }
            }
            return rows;
        }
    }

    /** What the database refused, with its SQLSTATE. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(SQLException cause) {
            super(cause.getMessage(), cause);
        }

        String state() {
            return ((SQLException) getCause()).getSQLState();
        }
    }
}
