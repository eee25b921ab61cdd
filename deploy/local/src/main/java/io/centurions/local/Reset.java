package io.centurions.local;

import io.centurions.local.place.Chosen;
import io.centurions.local.place.Home;
import java.nio.file.Path;
import java.util.List;

/**
 * Stops everything and forgets the data: embedded PostgreSQL and Redis, the sandbox's memory, logs, and the secrets of this
 * machine, which open nothing any more. With a real database in the environment the secrets stay, because they open what is
 * sealed in it; nothing in it is touched.
 */
final class Reset {

    private final Home home;
    private final boolean terminal;

    Reset(Home home, boolean terminal) {
        this.home = home;
        this.terminal = terminal;
    }

    int run() {
        home.make();
        new Down(home, terminal).run();
        System.out.println(Lock.during(home, this::forget));
        return 0;
    }

    // Also from another shell than the one that the fleet was started in.
    private boolean hasRealDatabase() {
        return System.getenv("DATABASE_URL") != null
                || Chosen.kept(home)
                        .filter(chosen -> chosen.variables().contains("DATABASE_URL"))
                        .isPresent();
    }

    private String forget() {
        for (Path folder : List.of(
                home.postgres(),
                home.postgres().resolveSibling("postgres.partial"),
                home.redis(),
                home.sandbox(),
                home.logs())) {
            Home.remove(folder);
        }
        if (hasRealDatabase()) {
            return "the data of the embedded parts is gone; the database of DATABASE_URL and the secrets that open it are as they were";
        }
        // A real database still speaks of these.
        Home.remove(home.files());
        Home.remove(home.secrets());
        return "the data is gone";
    }
}
