package io.centurions.bench.stage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Arranges and looks at the database as its administrator, past row-level security. One connection a call; placeholders are {@code ?}. */
public final class Sql {

    private final String url;
    private final String user;
    private final String password;

    Sql(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /** Reads one row of a result. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** One connection for several statements; the caller closes it. */
    public Session session() {
        try {
            return new Session(connect());
        } catch (SQLException e) {
            throw failed("connect", e);
        }
    }

    public void execute(String sql, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = prepared(connection, sql, parameters)) {
            statement.execute();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    public <T> List<T> query(Reader<T> reader, String sql, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = prepared(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** The only number of the only row. */
    public long number(String sql, Object... parameters) {
        return query(row -> row.getLong(1), sql, parameters).getFirst();
    }

    /** The only text of the only row. */
    public String text(String sql, Object... parameters) {
        return query(row -> row.getString(1), sql, parameters).getFirst();
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int index = 0; index < parameters.length; index++) {
            statement.setObject(index + 1, parameters[index]);
        }
        return statement;
    }

    private static IllegalStateException failed(String sql, SQLException e) {
        return new IllegalStateException("the benchmark's own statement failed: " + sql.strip(), e);
    }
}
