package io.centurions.platform.testkit.isolation;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Tries every operation under every claim; what is not refused is a breach. Everything tried is rolled back.
 */
final class Attacks implements AutoCloseable {

    // Row-level security or a missing privilege says 42501, claims that cannot be read say 22P02.
    private static final Set<String> REFUSALS = Set.of("42501", "22P02");

    private final TwoCompanies two;
    private final Login login;
    private final Connection connection;

    Attacks(TwoCompanies two, Login login) throws SQLException {
        this.two = two;
        this.login = login;
        this.connection = login.connect(two.database);
    }

    /**
     * Something got through.
     *
     * @param what rows touched, or the error that was no refusal
     */
    record Breach(String role, String table, Operation operation, String claims, String what) {}

    /**
     * What privileges refuse is tried under the first claims alone: it does not come to row-level security
     * at all.
     */
    List<Breach> on(CompanyTable table, List<Claims> all) throws SQLException {
        List<Breach> breaches = new ArrayList<>();
        for (Claims claims : all) {
            for (Operation operation : Operation.values()) {
                boolean meant = operation != Operation.READ_ANY || !claims.own();
                if (meant && (table.lets(operation) || claims == all.getFirst())) {
                    String what = touched(operation.sql(table, two.attacker, two.victim), operation.reads(), claims);
                    if (what != null) {
                        breaches.add(new Breach(login.becomes(), table.name(), operation, claims.name(), what));
                    }
                }
            }
        }
        return breaches;
    }

    /** How many rows of a table the company itself sees. */
    long own(CompanyTable table) throws SQLException {
        try (Statement statement = begun(Claims.right(two.victim))) {
            return number(
                    statement,
                    "SELECT count(*) FROM " + table.name() + " WHERE " + table.column() + " = '" + two.victim + "'");
        } finally {
            connection.rollback();
        }
    }

    private String touched(String sql, boolean reads, Claims claims) throws SQLException {
        try (Statement statement = begun(claims)) {
            long rows = reads ? number(statement, sql) : statement.executeUpdate(sql);
            return rows == 0 ? null : rows + " rows";
        } catch (SQLException e) {
            return REFUSALS.contains(e.getSQLState()) ? null : e.getSQLState() + " " + e.getMessage();
        } finally {
            connection.rollback();
        }
    }

    private Statement begun(Claims claims) throws SQLException {
        Statement statement = connection.createStatement();
        statement.execute(setting(claims.session(), false));
        connection.commit();
        login.become(statement);
        if (claims.local() != null) {
            statement.execute(setting(claims.local(), true));
        }
        return statement;
    }

    private static String setting(String claims, boolean local) {
        return "SELECT set_config('request.jwt.claims', '" + claims.replace("'", "''") + "', " + local + ")";
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
