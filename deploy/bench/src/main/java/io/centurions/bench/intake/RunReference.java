package io.centurions.bench.intake;

import io.centurions.bench.stage.Stage;
import io.centurions.bench.webhook.Lead;
import io.centurions.local.plan.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs the reference as evolution-manager's login, one message a transaction: by pgbench, or without one by a loop over JDBC. */
final class RunReference {

    private static final Pattern TPS = Pattern.compile("tps = ([\\d.]+)");
    private static final Pattern FAILED = Pattern.compile("number of failed transactions: ([1-9]\\d*)");

    private final Stage stage;
    private final Reference reference;
    private final int leads;
    private final int instances;
    private final Optional<Path> pgbench;

    RunReference(Stage stage, Reference reference, int leads, int instances) {
        this.stage = stage;
        this.reference = reference;
        this.leads = leads;
        this.instances = instances;
        this.pgbench = pgbench();
    }

    /** What it is, for the report. */
    String name() {
        return pgbench.map(path -> "pgbench (" + path + ", prepared statements)")
                .orElse("pgbench-equivalent: a loop over JDBC in the bench's own JVM, as no pgbench was found on this"
                        + " machine");
    }

    /** Transactions a second of so many clients. */
    double perSecond(int clients, Duration length) {
        return pgbench.isPresent() ? byPgbench(pgbench.get(), clients, length) : byJdbc(clients, length);
    }

    private static Optional<Path> pgbench() {
        Stream<Path> onPath = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "pgbench"));
        return Stream.concat(onPath, installed()).filter(Files::isExecutable).findFirst();
    }

    private static Stream<Path> installed() {
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return Stream.empty();
        }
        try (Stream<Path> all = Files.list(versions)) {
            return all.map(version -> version.resolve("bin/pgbench")).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private double byPgbench(Path program, int clients, Duration length) {
        Path script = stage.home().state().resolve("reference.sql");
        try {
            Files.writeString(script, reference.script(leads, instances, Lead.FIRST));
            Process process = pgbench(program, script, clients, length).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher tps = TPS.matcher(said);
            if (process.waitFor() != 0 || !tps.find() || FAILED.matcher(said).find()) {
                throw new IllegalStateException("pgbench failed: " + said);
            }
            return Double.parseDouble(tps.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run pgbench", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private ProcessBuilder pgbench(Path program, Path script, int clients, Duration length) {
        List<String> command =
                new ArrayList<>(List.of(program.toString(), "-n", "-M", "prepared", "-f", script.toString()));
        command.addAll(
                List.of("-h", "localhost", "-p", Integer.toString(stage.ports().postgres())));
        command.addAll(List.of("-U", Service.EVOLUTION.role(), "-c", Integer.toString(clients)));
        command.addAll(List.of("-j", Integer.toString(Math.min(clients, 2)), "-T", Long.toString(length.toSeconds())));
        command.add("centurions");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", stage.password(Service.EVOLUTION));
        return builder;
    }

    private double byJdbc(int clients, Duration length) {
        long began = System.nanoTime();
        long end = began + length.toNanos();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            List<Future<Long>> running = new ArrayList<>();
            for (int n = 0; n < clients; n++) {
                running.add(threads.submit(() -> loop(end)));
            }
            long done = 0;
            for (Future<Long> one : running) {
                done += one.get();
            }
            return done / ((System.nanoTime() - began) / 1e9);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the reference failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private long loop(long end) throws SQLException {
        String url = "jdbc:postgresql://localhost:" + stage.ports().postgres() + "/centurions?prepareThreshold=1";
        String user = Service.EVOLUTION.role();
        long done = 0;
        try (var connection = DriverManager.getConnection(url, user, stage.password(Service.EVOLUTION));
                PreparedStatement statement = connection.prepareStatement(reference.jdbc())) {
            List<String> order = reference.jdbcOrder();
            for (; System.nanoTime() < end; done++) {
                int lead = ThreadLocalRandom.current().nextInt(leads);
                long id = ThreadLocalRandom.current().nextLong(1_000_000_000_000_000L);
                for (int n = 0; n < order.size(); n++) {
                    statement.setString(
                            n + 1,
                            switch (order.get(n)) {
                                case "id" -> Long.toString(id);
                                case "lead" -> Integer.toString(Lead.FIRST + lead);
                                default -> Integer.toString(lead % instances);
                            });
                }
                statement.execute();
            }
        }
        return done;
    }
}
