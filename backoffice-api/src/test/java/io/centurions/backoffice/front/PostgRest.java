package io.centurions.backoffice.front;

import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Servers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A company's own front as it reaches the database through PostgREST or Supabase: a login that may do nothing
 * by itself becomes the role of the token for one transaction, with the token's claims beside it.
 */
public final class PostgRest {

    public static final String AUTHENTICATOR = "authenticator";
    public static final String ROLE = "crm_user";

    // As PostgREST begins each of its transactions.
    private static final String BEGIN =
            "SELECT set_config('search_path', ?, true), set_config('role', ?, true), set_config('request.jwt.claims', ?, true)";

    private final String schema;
    private final String claims;

    private PostgRest(String schema, String claims) {
        this.schema = schema;
        this.claims = claims;
    }

    /** The login, where Supabase has not made it. */
    public static void makeAuthenticator() {
        Admin.get().execute("""
                DO $$ BEGIN
                    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'authenticator') THEN
                        CREATE ROLE authenticator LOGIN NOINHERIT PASSWORD '%s';
                        GRANT crm_user TO authenticator;
                    END IF;
                END $$""".formatted(Servers.APP_PASSWORD));
    }

    /** With a token as the issuer makes it for a company. */
    static PostgRest of(UUID company, String schema) {
        return with(schema, """
                {"sub":"%s","role":"crm_user","company_id":"%s","schema_name":"%s"}""".formatted(UUID.randomUUID(), company, schema));
    }

    static PostgRest with(String schema, String claims) {
        makeAuthenticator();
        return new PostgRest(schema, claims);
    }

    /** One request: the first column of all rows, or how many rows were changed; committed. */
    List<Object> request(String sql) throws SQLException {
        try (Connection connection = Admin.get().connectAs(AUTHENTICATOR)) {
            connection.setAutoCommit(false);
            begin(connection);
            List<Object> rows = run(connection, sql);
            connection.commit();
            return rows;
        }
    }

    /** The SQLSTATE with which a request is refused; empty when it is not. */
    String refusal(String sql) {
        try {
            request(sql);
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private void begin(Connection connection) throws SQLException {
        try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
            begin.setString(1, schema);
            begin.setString(2, ROLE);
            begin.setString(3, claims);
            begin.execute();
        }
    }

    private static List<Object> run(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (!statement.execute()) {
                return List.of(statement.getUpdateCount());
            }
            List<Object> first = new ArrayList<>();
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    first.add(rows.getObject(1));
                }
            }
            return first;
        }
    }
}
