package io.centurions.local;

import io.centurions.local.place.Chosen;
import io.centurions.local.place.Home;
import io.centurions.local.place.Secrets;
import io.centurions.local.place.Trouble;
import io.centurions.local.plan.Plan;
import io.centurions.local.process.Memory;
import io.centurions.local.process.Probe;
import io.centurions.local.process.Roster;
import io.centurions.local.process.Running;
import io.centurions.local.show.Table;
import io.centurions.local.store.EmbeddedPostgres;
import io.centurions.local.store.EmbeddedRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Shows each process: whether it serves, where, since when and with how much resident memory. Ends with 0 only when all serve. */
final class Status {

    private static final double MEBI = 1024.0 * 1024.0;

    private final Home home;
    private final Roster roster;

    Status(Home home) {
        this.home = home;
        this.roster = new Roster(home.run());
    }

    int run() {
        Optional<Chosen> chosen = roster.all().isEmpty() ? Optional.empty() : Chosen.kept(home);
        if (chosen.isEmpty()) {
            System.out.println("nothing is running");
            return 1;
        }
        Table table = new Table().row("name", "state", "port", "process", "memory", "since");
        boolean allServe = true;
        for (var member : probes(chosen.get()).entrySet()) {
            Optional<Running> running = roster.find(member.getKey());
            String state = running.isEmpty() ? "stopped" : state(member.getValue());
            allServe &= state.equals("ready");
            row(table, member.getKey(), state, running);
        }
        row(
                table,
                Up.LAUNCHER,
                roster.find(Up.LAUNCHER).isPresent()
                        ? "watching"
                        : "gone: what dies stays dead (./fleet up brings one)",
                roster.find(Up.LAUNCHER));
        table.lines().forEach(System.out::println);
        System.out.println("  five services together: " + mebibytes(sumOfServices(chosen.get())));
        return allServe ? 0 : 1;
    }

    // As it was started: this shell may lack the variables that made parts real.
    private Map<String, Probe> probes(Chosen chosen) {
        Map<String, Probe> probes = new LinkedHashMap<>();
        if (!chosen.variables().contains("DATABASE_URL")) {
            probes.put(
                    EmbeddedPostgres.NAME,
                    new EmbeddedPostgres(home, chosen.ports(), Secrets.in(home.secrets()))
                            .member()
                            .ready());
        }
        if (!chosen.variables().contains("REDIS_URL")) {
            probes.put(
                    EmbeddedRedis.NAME,
                    new EmbeddedRedis(home, chosen.ports()).member().ready());
        }
        probes.put(Plan.SANDBOX, Plan.sandboxServes(chosen.ports()));
        if (chosen.replicas() > 1) {
            probes.put(Plan.BALANCER, Plan.balances(chosen));
        }
        Plan.replicas(chosen).forEach(replica -> probes.put(replica.name(), Plan.serves(replica)));
        return probes;
    }

    private static String state(Probe probe) {
        try {
            return probe.missing().map(why -> "not ready: " + why).orElse("ready");
        } catch (Trouble e) {
            return "not ready: " + e.getMessage();
        }
    }

    private static void row(Table table, String name, String state, Optional<Running> running) {
        table.row(
                name,
                state,
                running.map(one -> Integer.toString(one.port())).orElse("-"),
                running.map(one -> Long.toString(one.pid())).orElse("-"),
                running.map(one -> mebibytes(memory(one))).orElse("-"),
                running.map(one -> ago(Duration.between(one.since(), Instant.now())))
                        .orElse("-"));
    }

    private OptionalLong sumOfServices(Chosen chosen) {
        return Plan.replicas(chosen).stream()
                .flatMap(replica -> roster.find(replica.name()).stream())
                .map(running -> Memory.of(running.handle()))
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .reduce(Long::sum);
    }

    private static OptionalLong memory(Running running) {
        return running.name().equals(EmbeddedPostgres.NAME)
                ? Memory.ofFamily(running.handle())
                : Memory.of(running.handle());
    }

    private static String mebibytes(OptionalLong bytes) {
        return bytes.isPresent() ? String.format(Locale.ROOT, "%.0f MiB", bytes.getAsLong() / MEBI) : "?";
    }

    private static String ago(Duration age) {
        return age.toMinutes() < 1
                ? age.toSeconds() + " s"
                : age.toHours() < 1 ? age.toMinutes() + " min" : age.toHours() + " h " + age.toMinutesPart() + " min";
    }
}
