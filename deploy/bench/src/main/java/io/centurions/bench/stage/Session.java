package io.centurions.bench.stage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * One connection of the administrator's that is kept, for what a connection remembers and what is
 * rolled back.
 */
public final class Session implements AutoCloseable {

    private final Connection connection;

    Session(Connection connection) {
        this.connection = connection;
    }

    /** Runs a statement and forgets what it answered. */
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("the benchmark's own statement failed: " + sql.strip(), e);
        }
    }

    /** The only number of the only row. */
    public long number(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("the benchmark's own statement failed: " + sql.strip(), e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("a connection does not close", e);
        }
    }
}
