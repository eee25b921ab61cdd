package io.centurions.platform.testkit;

import io.centurions.platform.migrate.Migrations;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Arranges and looks at the test database past row-level security. Never what is under test: that connects as its app
 * role. Placeholders are {@code ?}.
 */
public final class Admin {

    static final String URL = "centurions.test.admin-url";
    static final String USER = "centurions.test.admin-user";
    static final String PASSWORD = "centurions.test.admin-password";

    private final String url;
    private final String user;
    private final String password;

    private Admin(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /** Of the servers that the application under test uses; in a plain test without Quarkus, of this JVM's servers. */
    public static Admin get() {
        var config = ConfigProvider.getConfig();
        return config.getOptionalValue(URL, String.class)
                .map(url ->
                        new Admin(url, config.getValue(USER, String.class), config.getValue(PASSWORD, String.class)))
                .orElseGet(() -> {
                    Servers servers = Servers.started();
                    return new Admin(servers.adminUrl(), servers.adminUser(), servers.adminPassword());
                });
    }

    /** Where the server listens, for a test that brings a pool of its own: host, port and database. */
    public URI address() {
        return URI.create(url.substring("jdbc:".length()));
    }

    /** The same server, another of its databases. */
    Admin in(String database) {
        return new Admin(url.replaceFirst("/[^/]*$", "/" + database), user, password);
    }

    Migrations migrations() {
        return new Migrations(url, user, password);
    }

    /** A session of a login that has the password of all app roles. */
    public Connection connectAs(String role) throws SQLException {
        return DriverManager.getConnection(url, role, Servers.APP_PASSWORD);
    }

    /** Runs a statement and says how many rows it changed. */
    public int execute(String sql, Object... parameters) {
        return with(sql, parameters, statement -> statement.execute() ? 0 : statement.getUpdateCount());
    }

    /** All rows, by column name. */
    public List<Map<String, Object>> query(String sql, Object... parameters) {
        return with(sql, parameters, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                List<Map<String, Object>> all = new ArrayList<>();
                while (rows.next()) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                        row.put(rows.getMetaData().getColumnLabel(column), rows.getObject(column));
                    }
                    all.add(row);
                }
                return all;
            }
        });
    }

    /**
     * The only row.
     *
     * @throws AssertionError when there is none, or more than one
     */
    public Map<String, Object> queryOne(String sql, Object... parameters) {
        List<Map<String, Object>> rows = query(sql, parameters);
        if (rows.size() != 1) {
            throw new AssertionError("expected one row, found " + rows.size() + ": " + sql);
        }
        return rows.getFirst();
    }

    /** The number that a {@code SELECT count(*) …} answers. */
    public long count(String sql, Object... parameters) {
        return ((Number) queryOne(sql, parameters).values().iterator().next()).longValue();
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    private interface Use<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private <T> T with(String sql, Object[] parameters, Use<T> use) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < parameters.length; index++) {
                statement.setObject(index + 1, parameters[index]);
            }
            return use.with(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("test statement failed: " + sql, e);
        }
    }
}
