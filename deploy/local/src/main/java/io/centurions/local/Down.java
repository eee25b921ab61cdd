package io.centurions.local;

import io.centurions.local.place.Home;
import io.centurions.local.process.Roster;
import io.centurions.local.process.Running;
import io.centurions.local.process.StopMember;
import io.centurions.local.show.Progress;
import java.util.List;

/** Stops everything of this fleet, whoever started it, also when its launcher died. Data stays. */
final class Down {

    private final Home home;
    private final boolean terminal;
    private final Roster roster;

    Down(Home home, boolean terminal) {
        this.home = home;
        this.terminal = terminal;
        this.roster = new Roster(home.run());
    }

    int run() {
        try (Progress progress = new Progress(System.out, terminal)) {
            if (roster.all().isEmpty()) {
                progress.plain("nothing is running");
                return 0;
            }
            progress.waiting("stopping");
            // First whoever would start again what is stopped. One that stays with its logs stops all by itself.
            List<Running> launcher = roster.find(Up.LAUNCHER).stream().toList();
            new StopMember(roster).stop(launcher, "TERM");
            Lock.during(home, () -> {
                new StopAll(home, progress::done).stop(roster.all());
                return null;
            });
            progress.waiting("");
        }
        return 0;
    }
}
