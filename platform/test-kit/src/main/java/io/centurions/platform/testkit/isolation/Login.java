package io.centurions.platform.testkit.isolation;

import io.centurions.platform.testkit.ScratchDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Who attacks.
 *
 * @param login   opens the session
 * @param becomes the role it takes for each transaction; the login itself for a service
 */
public record Login(String login, String becomes) {

    /** A service's own login. */
    public static Login service(String role) {
        return new Login(role, role);
    }

    /** A role that nobody logs in as: taken by another login for one transaction, as PostgREST does. */
    public static Login by(String login, String role) {
        return new Login(login, role);
    }

    Connection connect(ScratchDatabase database) throws SQLException {
        Connection connection = database.connect(login);
        connection.setAutoCommit(false);
        return connection;
    }

    /** At the beginning of a transaction. */
    void become(Statement statement) throws SQLException {
        if (!login.equals(becomes)) {
            statement.execute("SET LOCAL ROLE " + becomes);
        }
    }
}
