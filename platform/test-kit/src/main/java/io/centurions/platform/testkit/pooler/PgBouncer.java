package io.centurions.platform.testkit.pooler;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The real PgBouncer in transaction mode, where it is installed ({@code apt install pgbouncer}, {@code brew
 * install pgbouncer}, or anywhere with {@code PGBOUNCER} naming the program). No package of a language's
 * registry brings it.
 */
public final class PgBouncer implements Pooler {

    private static final String CONFIGURATION = """
            [databases]
            %1$s = host=%2$s port=%3$d dbname=%1$s user=%4$s password=%5$s

            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %6$d
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = %7$d
            max_client_conn = 200
            ignore_startup_parameters = extra_float_digits
            logfile = %8$s
            """;

    private final Process process;
    private final int port;

    private PgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The program, where this machine has it. */
    public static Optional<Path> installed() {
        String named = System.getenv("PGBOUNCER");
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        Stream<String> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
        return Stream.concat(path, Stream.of("/usr/sbin", "/opt/homebrew/bin", "/usr/local/bin"))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** In front of a server, on a free port; returns when it listens. */
    public static PgBouncer inFrontOf(Server server, Path program) {
        try {
            Path folder = Files.createTempDirectory(
                    "pgbouncer", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx")));
            // The mask of the process may have taken something away; another user must write here.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            int port = freePort();
            Path log = folder.resolve("pgbouncer.log");
            Path file = Files.writeString(
                    folder.resolve("pgbouncer.ini"),
                    CONFIGURATION.formatted(
                            server.database(),
                            server.host(),
                            server.port(),
                            server.user(),
                            server.password(),
                            port,
                            server.connections(),
                            log));
            Process process = new ProcessBuilder(command(program, file))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.log").toFile())
                    .start();
            PgBouncer bouncer = new PgBouncer(process, port);
            await().atMost(Duration.ofSeconds(10)).until(() -> listens(port));
            return bouncer;
        } catch (IOException e) {
            throw new UncheckedIOException("PgBouncer did not start", e);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
    }

    // It refuses to run as root.
    private static List<String> command(Path program, Path file) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-q"));
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(file.toString());
        return command;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
