package io.centurions.platform.migrate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.flywaydb.core.Flyway;

/**
 * Brings a database to the state that the services need: the foundation first, then one slice per service.
 *
 * <p>Needs a direct connection (no transaction pooler) and a login that may create roles; everything made is owned by
 * {@code core_migrator}. Both steps are idempotent and hold a lock, so that several may run at once. A running service
 * never holds this credential.
 *
 * @param jdbcUrl  a direct {@code jdbc:postgresql:} address
 * @param user     the migration's login
 * @param password its password
 */
public record Migrations(String jdbcUrl, String user, String password) {

    /** The slices in the order in which a whole installation is migrated; none relies on another at migration time. */
    public static final List<String> SLICES =
            List.of("governance", "conversation", "channels", "contracts", "marketing");

    private static final List<String> FOUNDATION = List.of(
            "01_roles",
            "02_schemas",
            "03_protect",
            "04_companies",
            "05_service_tables",
            "06_stream_marks",
            "07_outbox_functions",
            "08_inbox_functions",
            "09_forget_functions");

    // Any number will do as long as every version of this code uses the same one.
    private static final long FOUNDATION_LOCK = 7_215_001L;

    public Migrations {
        Objects.requireNonNull(jdbcUrl, "jdbcUrl");
        Objects.requireNonNull(user, "user");
    }

    /** Roles, schemas, claims, protection and companies. Repeatable: every statement changes only what differs. */
    public void foundation() throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + FOUNDATION_LOCK + ")");
            for (String part : FOUNDATION) {
                statement.execute("RESET ROLE");
                statement.execute(read("db/foundation/" + part + ".sql"));
            }
            connection.commit();
        }
    }

    /**
     * Applies what is missing of one slice.
     *
     * @param slice    one of {@link #SLICES}; names the history table
     * @param location a Flyway location, for instance {@code classpath:db/governance}
     * @param loader   where {@code classpath:} locations are looked up
     * @return how many migrations were applied
     */
    public int slice(String slice, String location, ClassLoader loader) {
        return Flyway.configure(loader)
                .dataSource(jdbcUrl, user, password)
                .locations(location)
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .defaultSchema("core")
                .createSchemas(false)
                .table("flyway_history_" + slice)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .placeholderReplacement(false)
                .initSql("SET ROLE core_migrator")
                // The transactional lock makes CREATE INDEX CONCURRENTLY wait for ever on itself.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load()
                .migrate()
                .migrationsExecuted;
    }

    /** Gives each login role its password, as SCRAM text is made by the server. Roles that do not exist are an error. */
    public void passwords(Map<String, String> byRole) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            for (var entry : byRole.entrySet()) {
                statement.execute("ALTER ROLE " + statement.enquoteIdentifier(entry.getKey(), true) + " PASSWORD "
                        + statement.enquoteLiteral(entry.getValue()));
            }
        }
    }

    private Connection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        if (password != null) {
            properties.setProperty("password", password);
        }
        return DriverManager.getConnection(jdbcUrl, properties);
    }

    private static String read(String resource) {
        try (InputStream in = Migrations.class.getClassLoader().getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
