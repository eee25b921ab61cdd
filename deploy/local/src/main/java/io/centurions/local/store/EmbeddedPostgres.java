package io.centurions.local.store;

import io.centurions.local.place.Home;
import io.centurions.local.place.Ports;
import io.centurions.local.place.Reason;
import io.centurions.local.place.Secrets;
import io.centurions.local.place.Trouble;
import io.centurions.local.plan.Withheld;
import io.centurions.local.process.Member;
import io.centurions.local.process.Probe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A PostgreSQL of our own, as its own process with a data folder that stays. Commits are durable: fsync and synchronous
 * commit are on. Listens on this machine only, every login needs its password.
 */
public final class EmbeddedPostgres {

    public static final String NAME = "postgres";
    public static final String ADMIN = "postgres";
    private static final String DATABASE = "centurions";
    private static final String MAJOR = "17";

    // It starts or stops, or nobody listens yet. Anything else will not pass by waiting.
    private static final Set<String> NOT_YET = Set.of("57P03", "57P01", "08001", "08003", "08004", "08006");

    private static final Pattern TELLING = Pattern.compile("FATAL|error|could not");

    private final Home home;
    private final Ports ports;
    private final String password;
    private final List<String> asOrdinaryUser;

    public EmbeddedPostgres(Home home, Ports ports, Secrets secrets) {
        this.home = home;
        this.ports = ports;
        this.password = secrets.password("postgres");
        this.asOrdinaryUser = AsOrdinaryUser.prefix();
    }

    /** Address with the administrator's login. */
    public String address() {
        return "postgresql://" + ADMIN + ":" + password + "@localhost:" + ports.postgres() + "/" + DATABASE;
    }

    /** Unpacks the server and makes the data folder where they are missing. To be called before a start, while it does not run. */
    public void prepare() {
        Path server = new UnpackPostgres(home.unpacked()).unpack();
        if (Files.notExists(home.postgres())) {
            initialize(server);
        }
        check();
        removeStaleLock();
    }

    /** How it is started. */
    public Member member() {
        Path server = new UnpackPostgres(home.unpacked()).folder();
        List<String> command = new ArrayList<>(asOrdinaryUser);
        command.addAll(List.of(
                server.resolve("bin/postgres").toString(), "-D", home.postgres().toString()));
        settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return new Member(
                NAME,
                ports.postgres(),
                command,
                Map.of("LC_ALL", "C"),
                Withheld.NAMES,
                home.log(NAME),
                probe(),
                Duration.ofSeconds(60),
                "INT");
    }

    private Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("port", Integer.toString(ports.postgres())),
                Map.entry("listen_addresses", "localhost"),
                // A socket path may be longer than the system allows; nobody uses it.
                Map.entry("unix_socket_directories", ""),
                Map.entry("max_connections", "100"),
                Map.entry("fsync", "on"),
                Map.entry("synchronous_commit", "on"),
                Map.entry("shared_buffers", "64MB"),
                Map.entry("timezone", "UTC"),
                Map.entry("log_timezone", "UTC"));
    }

    private void initialize(Path server) {
        Path partial = home.postgres().resolveSibling("postgres.partial");
        Path passwordFile = home.state().resolve("initdb.password");
        Home.remove(partial);
        try {
            Files.writeString(passwordFile, password, StandardCharsets.UTF_8);
            Files.setPosixFilePermissions(
                    passwordFile, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
            List<String> command = new ArrayList<>(asOrdinaryUser);
            command.addAll(List.of(
                    server.resolve("bin/initdb").toString(),
                    "-D",
                    partial.toString(),
                    "-U",
                    ADMIN,
                    "-E",
                    "UTF8",
                    "--locale=C",
                    "-A",
                    "scram-sha-256",
                    "--pwfile=" + passwordFile));
            run(command);
            Files.move(partial, home.postgres(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Trouble("cannot make the data folder " + home.shown(home.postgres()) + ": " + Reason.of(e), e);
        } finally {
            passwordFile.toFile().delete();
        }
    }

    private void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("initdb said: " + telling(said));
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    // Its last lines only tell that it cleans up.
    static String telling(String said) {
        List<String> lines = said.strip().lines().map(String::strip).toList();
        return lines.stream()
                .filter(line -> TELLING.matcher(line).find())
                .findFirst()
                .orElse(lines.isEmpty() || lines.getLast().isEmpty() ? "nothing" : lines.getLast());
    }

    private void check() {
        Path version = home.postgres().resolve("PG_VERSION");
        try {
            String found = Files.exists(version) ? Files.readString(version).strip() : "none";
            if (!found.equals(MAJOR) || Files.notExists(home.postgres().resolve("global/pg_control"))) {
                throw broken("it is not one of PostgreSQL " + MAJOR);
            }
        } catch (IOException e) {
            throw broken(Reason.of(e));
        }
    }

    /** The one line for a data folder with which the server does not start. */
    public Trouble broken(String why) {
        return new Trouble("the data folder " + home.shown(home.postgres()) + " cannot be used (" + why
                + "): to start anew without its data run ./fleet reset");
    }

    // After a crash of the whole machine the number in the lock may belong to any process, and the server would refuse.
    private void removeStaleLock() {
        Path lock = home.postgres().resolve("postmaster.pid");
        try {
            if (Files.notExists(lock)) {
                return;
            }
            String pid =
                    Files.readAllLines(lock).stream().findFirst().orElse("").strip();
            boolean serves = pid.matches("\\d+")
                    && ProcessHandle.of(Long.parseLong(pid))
                            .flatMap(handle -> handle.info().command())
                            .filter(command -> command.endsWith("/postgres"))
                            .isPresent();
            if (serves) {
                throw new Trouble("process " + pid + " is a PostgreSQL on " + home.shown(home.postgres())
                        + " that this fleet did not start: end it first");
            }
            Files.delete(lock);
        } catch (IOException e) {
            throw broken(Reason.of(e));
        }
    }

    /** Makes the database where it is missing. To be called when the server is ready. */
    public void makeDatabase() {
        try (var connection = connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
            if (!found.next()) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        } catch (SQLException e) {
            throw broken(firstLine(e));
        }
    }

    private Connection connect() throws SQLException {
        // The server's own database is there before ours.
        String url = "jdbc:postgresql://localhost:" + ports.postgres() + "/postgres?loginTimeout=5&connectTimeout=5";
        return DriverManager.getConnection(url, ADMIN, password);
    }

    private Probe probe() {
        return () -> {
            try (var connection = connect()) {
                return connection.isValid(2) ? Optional.empty() : Optional.of("it does not answer");
            } catch (SQLException e) {
                if (!NOT_YET.contains(String.valueOf(e.getSQLState()))) {
                    throw broken(firstLine(e));
                }
                return Optional.of(firstLine(e));
            }
        };
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
