package io.centurions.platform.testkit;

import org.eclipse.microprofile.config.ConfigProvider;

/** Keeps the service under test from its database until closed: its connections end and no new one is let in. */
public final class DatabaseAway implements AutoCloseable {

    private final Admin admin = Admin.get();
    private final String login = ConfigProvider.getConfig().getValue("quarkus.datasource.username", String.class);

    private DatabaseAway() {
        limit(0);
        admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ?", login);
    }

    /** From now on. */
    public static DatabaseAway begins() {
        return new DatabaseAway();
    }

    @Override
    public void close() {
        limit(-1);
    }

    private void limit(int connections) {
        admin.execute("ALTER ROLE %s CONNECTION LIMIT %d".formatted(login, connections));
    }
}
