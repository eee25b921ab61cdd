package io.centurions.chaos.world;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fleet's PostgreSQL, read as its administrator. Each question has a connection of its own, as the server may just restart. */
public final class Database {

    private final String url;
    private final String user;
    private final String password;

    Database(String url, String user, String password) {
        this.url = url + (url.contains("?") ? "&" : "?") + "connectTimeout=3&socketTimeout=20";
        this.user = user;
        this.password = password;
    }

    /** One number. @throws SQLException when the server is away */
    public long count(String sql) throws SQLException {
        return ((Number) rows(sql).getFirst().values().iterator().next()).longValue();
    }

    /** All rows, by column. @throws SQLException when the server is away */
    public List<Map<String, Object>> rows(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                var statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<Map<String, Object>> rows = new ArrayList<>();
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= columns; i++) {
                    row.put(found.getMetaData().getColumnLabel(i), found.getObject(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }
}
