package io.centurions.local.store;

import io.centurions.local.place.Home;
import io.centurions.local.place.Reason;
import io.centurions.local.place.Trouble;
import io.centurions.platform.migrate.Migrations;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;

/** Brings the database to what the built services need, and gives their logins the passwords of this machine. */
public final class MigrateDatabase {

    private final Home home;
    private final String shown;
    private final Migrations migrations;

    /** @param shown how a person knows the database: the variable of its address, where there is one */
    public MigrateDatabase(Home home, String shown, String jdbcUrl, String user, String password) {
        this.home = home;
        this.shown = shown;
        this.migrations = new Migrations(jdbcUrl, user, password);
    }

    /**
     * Applies what is missing.
     *
     * @param moduleOfSlice in the order of migration: the slice, and the module whose built classes hold it
     * @param passwords     by role
     * @return how many migrations were applied
     */
    public int migrate(Map<String, String> moduleOfSlice, Map<String, String> passwords) {
        try {
            migrations.foundation();
            int applied = 0;
            for (var entry : moduleOfSlice.entrySet()) {
                Path folder = home.root()
                        .resolve(entry.getValue())
                        .resolve("target/classes/db")
                        .resolve(entry.getKey());
                applied += migrations.slice(
                        entry.getKey(), "filesystem:" + folder, MigrateDatabase.class.getClassLoader());
            }
            migrations.passwords(passwords);
            return applied;
        } catch (SQLException | FlywayException e) {
            throw cannotMigrate(shown, e);
        }
    }

    static Trouble cannotMigrate(String shown, Exception e) {
        return new Trouble("cannot migrate " + shown + ": " + Reason.ofDeepest(e), e);
    }
}
