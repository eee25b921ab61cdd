package io.centurions.bench;

import io.centurions.bench.backbone.Backbone;
import io.centurions.bench.companies.ManyCompanies;
import io.centurions.bench.figure.Spread;
import io.centurions.bench.intake.Intake;
import io.centurions.bench.machine.CoreSpeed;
import io.centurions.bench.machine.Machine;
import io.centurions.bench.provider.Providers;
import io.centurions.bench.report.Report;
import io.centurions.bench.report.Section;
import io.centurions.bench.slowmodel.SlowModel;
import io.centurions.bench.stage.Stage;
import io.centurions.bench.turns.Turns;
import io.centurions.bench.waiting.Waiting;
import io.centurions.local.place.Home;
import io.centurions.local.place.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The entry of {@code ./fleet bench}: {@code Main [NAME…] [--quick] [--profile] [--port-base N]}. */
public final class Main {

    static final List<Benchmark> ALL =
            List.of(new Intake(), new Backbone(), new Turns(), new Waiting(), new SlowModel(), new ManyCompanies());

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(Arrays.asList(arguments)));
    }

    private static int run(List<String> arguments) {
        Path root =
                Path.of(System.getProperty("fleet.root", ".")).toAbsolutePath().normalize();
        Home home = new Home(
                root,
                Path.of(System.getProperty(
                        "fleet.home", root.resolve(".fleet/bench").toString())));
        try {
            BenchOptions options = BenchOptions.parse(
                    arguments, ALL.stream().map(Benchmark::name).toList());
            measure(home, options, String.join(" ", arguments));
            return 0;
        } catch (Trouble e) {
            System.err.println("fleet: " + e.getMessage());
            return 1;
        }
    }

    private static void measure(Home home, BenchOptions options, String words) {
        Stage stage = new Stage(home, options.ports(), options.profiling());
        // Stays there: closing twice is fine, and Ctrl-C may come while the end is under way.
        Runtime.getRuntime().addShutdownHook(new Thread(stage::close, "undo"));
        try {
            System.out.println(
                    "starting PostgreSQL, Redis and the sandbox with fresh data in " + home.shown(home.state()));
            stage.open();
            Machine machine =
                    Machine.here(home.state(), "PostgreSQL " + stage.sql().text("SHOW server_version"));
            List<Section> sections = new ArrayList<>();
            try (Providers providers = new Providers(stage.providersPort())) {
                Bench bench =
                        new Bench(stage, providers, options.quick() ? Pace.QUICK : Pace.WHOLE, System.out::println);
                ALL.stream()
                        .filter(benchmark -> options.wants(benchmark.name()))
                        .forEach(benchmark -> {
                            sections.add(one(benchmark, bench));
                            if (options.profiling()) {
                                System.out.println(new Profile(stage.sql()).taken(benchmark.name()));
                            }
                        });
            }
            String command = ("./fleet bench " + words).strip();
            write(home, new Report(now(), command, revision(home.root()), options.quick(), machine, sections));
        } catch (RuntimeException e) {
            // What is pulled away from under a measurement fails; that it was stopped is all there is to say.
            throw stage.isClosed() ? new Trouble("stopped", e) : e;
        } finally {
            stage.close();
        }
    }

    private static Section one(Benchmark benchmark, Bench bench) {
        System.out.println(benchmark.name() + " …");
        bench.stage().forget();
        Spread before = CoreSpeed.measured();
        long began = System.nanoTime();
        Section section = benchmark.run(bench).noting(cores(before, CoreSpeed.measured()));
        Report.markdown(section).forEach(System.out::println);
        System.out.println("(" + (System.nanoTime() - began) / 1_000_000_000 + " s)\n");
        return section;
    }

    private static String cores(Spread before, Spread after) {
        return String.format(
                Locale.ROOT,
                "A core by itself took %.0f (%.0f … %.0f) million steps of a plain loop a second before, %.0f (%.0f … %.0f) after.",
                before.median(),
                before.least(),
                before.most(),
                after.median(),
                after.least(),
                after.most());
    }

    private static void write(Home home, Report report) {
        Path folder = home.state().resolve("results");
        String name = report.at().toString().replace(":", "");
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name + ".md"), report.markdown());
            Files.writeString(folder.resolve(name + ".json"), report.json());
            System.out.println("written to " + home.shown(folder.resolve(name)) + ".md and .json");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the results", e);
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String revision(Path root) {
        try {
            Process git = new ProcessBuilder("git", "-C", root.toString(), "describe", "--always", "--dirty")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return said.isEmpty() ? "unknown" : said;
        } catch (IOException e) {
            return "unknown";
        }
    }
}
