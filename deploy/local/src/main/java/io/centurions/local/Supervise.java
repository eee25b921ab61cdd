package io.centurions.local;

import io.centurions.local.place.Chosen;
import io.centurions.local.place.Home;
import io.centurions.local.place.Ports;
import io.centurions.local.place.Trouble;
import io.centurions.local.plan.Parts;
import io.centurions.local.process.Crew;
import io.centurions.local.process.Member;
import io.centurions.local.process.Roster;
import io.centurions.local.process.Watch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The process that {@code up --detach} leaves behind: starts again what dies and writes so to {@code logs/fleet.log}. Ends at
 * a signal without stopping anything, so that {@code down} has it out of the way first.
 */
final class Supervise {

    private final Home home;

    Supervise(Home home) {
        this.home = home;
    }

    int run() {
        Chosen chosen = Chosen.kept(home).orElseThrow(() -> new Trouble("no fleet runs here"));
        Fleet fleet = new Fleet(home, chosen, Parts.of(System.getenv()));
        Roster roster = new Roster(home.run());
        new Watch(roster, new Crew(roster), line -> System.out.println(Instant.now() + " " + line))
                .over(fleet.members());
        Up.untilSignal();
        return 0;
    }

    static void startApart(Home home, Ports ports, Crew crew) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfleet.root=" + home.root(),
                "-Dfleet.home=" + home.state(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "supervise");
        crew.start(new Member(
                Up.LAUNCHER,
                ports.base(),
                command,
                Map.of(),
                Set.of(),
                home.log("fleet"),
                Optional::empty,
                Duration.ZERO,
                "TERM"));
    }
}
