package io.centurions.bench.intake;

import io.centurions.bench.Bench;
import io.centurions.bench.Benchmark;
import io.centurions.bench.figure.Aim;
import io.centurions.bench.figure.Spread;
import io.centurions.bench.load.Load;
import io.centurions.bench.load.Loaded;
import io.centurions.bench.provider.Providers;
import io.centurions.bench.report.Line;
import io.centurions.bench.report.Section;
import io.centurions.bench.stage.Benched;
import io.centurions.bench.stage.Companies;
import io.centurions.bench.stage.Company;
import io.centurions.bench.stage.Settings;
import io.centurions.bench.stage.Stage;
import io.centurions.bench.stage.Used;
import io.centurions.bench.webhook.Lead;
import io.centurions.bench.webhook.Upserts;
import io.centurions.local.plan.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How many webhooks a second one evolution-manager takes in, from the socket to the durable row and back, and how much that is of what
 * PostgreSQL does alone with the same statement. Two processes are measured in turn, one without and one with folding; the other rests.
 */
public final class Intake implements Benchmark {

    private static final String FOLDED = "folded";
    private static final int FIRST_COMPANY = 100;
    private static final int COMPANIES = 8;
    private static final int LEADS = 2000;
    private static final int FOLDED_PORT = 12;
    private static final List<Integer> CONNECTIONS = List.of(1, 16, 64);
    private static final int MOST = 64;

    @Override
    public String name() {
        return "intake";
    }

    @Override
    public Section run(Bench bench) {
        Stage stage = bench.stage();
        Settings settings = stage.settings(Service.EVOLUTION, "512m");
        Benched unfoldedProcess = stage.start(Service.EVOLUTION, settings.with("CENTURIONS_INTAKE_FOLD", "false"));
        Benched foldedProcess = stage.start(
                Service.EVOLUTION,
                new Settings("evolution-manager-folded", stage.ports().at(FOLDED_PORT), "512m", settings.extra())
                        .with("CENTURIONS_INTAKE_FOLD", "true"));
        try {
            Upserts upserts = new Upserts(instances(bench, unfoldedProcess));
            Side unfolded = new Side("unfolded", unfoldedProcess, bench, upserts);
            Side folded = new Side(FOLDED, foldedProcess, bench, upserts);
            foldedProcess.rest();
            bench.say().accept("  making " + LEADS + " leads known");
            Loaded known = new Load(unfoldedProcess.port(), 16, n -> upserts.request(new Lead(n), "Oi")).closed(LEADS);
            Reference reference = new CaptureStatement(stage, upserts).capture(unfoldedProcess.port());
            RunReference alone = new RunReference(stage, reference, LEADS, COMPANIES);
            unfolded.warm();
            unfolded.rest();
            folded.warm();
            folded.rest();
            List<Line> lines = new ArrayList<>();
            rounds(bench, List.of(unfolded, folded), alone, lines);
            for (Side side : List.of(unfolded, folded)) {
                lines.addAll(side.lines());
            }
            return new Section(name(), what(), lines, notes(alone, known, unfolded, folded));
        } finally {
            stage.stop(unfoldedProcess);
            stage.stop(foldedProcess);
        }
    }

    private static List<Company.Instance> instances(Bench bench, Benched evolutionManager) {
        Companies companies = new Companies(bench.stage());
        List<Company> made = new ArrayList<>();
        for (int n = 0; n < COMPANIES; n++) {
            Company company = companies.make(FIRST_COMPANY + n, 1, Providers.FAST_MODEL, Duration.ofSeconds(4));
            made.add(companies.provided(company, evolutionManager, bench.providers()));
        }
        return Companies.instances(made);
    }

    private static void rounds(Bench bench, List<Side> sides, RunReference alone, List<Line> lines) {
        double reference = 0;
        for (int connections : CONNECTIONS) {
            reference = compare(bench, sides, alone, connections, lines);
        }
        // More often than the rest: one stall of the disk is a percent of a window.
        for (int round = 0; round < bench.pace().repeats() + 2; round++) {
            for (Side side : sides) {
                side.measureAtHalf();
                if (side.name().equals(FOLDED)) {
                    side.measureAtReference(reference);
                }
            }
        }
    }

    /**
     * One after the other in each round, so that what drifts (growing tables, a busy neighbour) drifts for all.
     *
     * @return what the reference does a second
     */
    private static double compare(
            Bench bench, List<Side> sides, RunReference alone, int connections, List<Line> lines) {
        List<Double> reference = new ArrayList<>();
        List<Double> referenceCpu = new ArrayList<>();
        for (int round = 0; round < bench.pace().repeats(); round++) {
            for (Side side : sides) {
                side.measure(connections);
            }
            Used used = new Used(Map.of("PostgreSQL", bench.stage().postgres()));
            reference.add(alone.perSecond(connections, bench.pace().window()));
            referenceCpu.add(used.soFar().get("PostgreSQL")
                    / (reference.getLast() * bench.pace().window().toSeconds()));
            Side.forgetReferenceEvents(bench.stage());
        }
        lines.add(Line.of("reference, " + connections + " clients", "1/s", reference));
        lines.add(Line.of("reference CPU a message, PostgreSQL, " + connections + " clients", "ms", referenceCpu));
        for (Side side : sides) {
            lines.add(Line.of(side.name() + ", " + connections + " connections", "1/s", side.ratesAt(connections)));
            Line ratio = Line.of(
                    side.name() + " / reference, " + connections, "", ratios(side.ratesAt(connections), reference));
            lines.add(connections == MOST ? ratio.aiming(Aim.atLeast(side.name().equals(FOLDED) ? 0.7 : 0.35)) : ratio);
        }
        double median = Spread.of(reference).median();
        bench.say()
                .accept("  " + connections + " connections: " + rates(sides, connections) + ", reference "
                        + Math.round(median) + "/s");
        return median;
    }

    private static String rates(List<Side> sides, int connections) {
        return String.join(
                ", ",
                sides.stream()
                        .map(side -> side.name() + " "
                                + Math.round(
                                        Spread.of(side.ratesAt(connections)).median())
                                + "/s")
                        .toList());
    }

    static List<Double> ratios(List<Double> ours, List<Double> reference) {
        List<Double> ratios = new ArrayList<>();
        for (int n = 0; n < ours.size(); n++) {
            ratios.add(ours.get(n) / reference.get(n));
        }
        return ratios;
    }

    /** A message of any known lead. */
    static byte[] any(Upserts upserts) {
        return upserts.request(new Lead(ThreadLocalRandom.current().nextInt(LEADS)), "Oi, quero saber o preço 😀");
    }

    private static String what() {
        return "POST of a captured `messages.upsert` to one evolution-manager (512 MiB heap): secret, mapping, one"
                + " durable statement, 200. "
                + LEADS + " known leads over " + COMPANIES
                + " companies; the relay publishes meanwhile. The reference runs the statement that the service was"
                + " seen to send, one message a transaction, on the same server and cores, with as many clients.";
    }

    private static List<String> notes(RunReference alone, Loaded known, Side unfolded, Side folded) {
        List<String> notes = new ArrayList<>();
        notes.add("Reference: " + alone.name()
                + "; load generator: plain sockets, one thread a connection, in the bench's JVM.");
        notes.add("CPU of a message is counted until the outbox is empty again, so it includes publishing. p99 at half"
                + " rate is open loop, from the planned moment.");
        if (known.failed() > 0) {
            notes.add("Making the leads known failed " + known.others());
        }
        notes.addAll(unfolded.notes());
        notes.addAll(folded.notes());
        return notes;
    }
}
