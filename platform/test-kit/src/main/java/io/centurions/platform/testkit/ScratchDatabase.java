package io.centurions.platform.testkit;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A database of its own beside the one that the application under test works on, every slice migrated and
 * nobody else connected: a test may break whatever it likes in there. Roles and their passwords are the
 * server's, thus shared.
 */
public final class ScratchDatabase {

    private final Admin admin;

    private ScratchDatabase(Admin admin) {
        this.admin = admin;
    }

    /** Made anew, whatever was there under that name. */
    public static ScratchDatabase named(String name) {
        Admin server = Admin.get();
        server.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        server.execute("CREATE DATABASE " + name);
        Admin admin = server.in(name);
        Servers.migrate(admin.migrations());
        return new ScratchDatabase(admin);
    }

    /** Past row-level security. */
    public Admin admin() {
        return admin;
    }

    /** A session of one of the app roles. */
    public Connection connect(String role) throws SQLException {
        return admin.connectAs(role);
    }
}
