package io.centurions.platform.testkit.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A real S3-compatible server in a process of its own: S3Proxy, which verifies every signature (version 4
 * alone is let in), with its objects in memory. One for all tests of a JVM, ended with it.
 */
public final class S3Server {

    public static final String ACCESS_KEY = "tests";
    public static final String SECRET_KEY = "a-secret-that-signs-what-tests-ask";
    private static final Path JAR = Path.of("target/s3proxy/s3proxy.jar");
    private static S3Server started;

    private final int port;
    private final Process process;

    private S3Server(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** The server of this JVM; the first call starts it. Its buckets are made by those who want one. */
    public static synchronized S3Server started() {
        if (started == null) {
            started = start();
        }
        return started;
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static S3Server start() {
        assertThat(JAR).as("fetched by Maven before tests run").exists();
        try {
            int port = freePort();
            Path settings = Files.createTempFile("s3proxy", ".properties");
            settings.toFile().deleteOnExit();
            Files.write(
                    settings,
                    List.of(
                            "s3proxy.endpoint=http://127.0.0.1:" + port,
                            "s3proxy.authorization=aws-v4",
                            "s3proxy.identity=" + ACCESS_KEY,
                            "s3proxy.credential=" + SECRET_KEY,
                            "jclouds.provider=transient",
                            "jclouds.identity=unused",
                            "jclouds.credential=unused"));
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-jar",
                            JAR.toString(),
                            "--properties",
                            settings.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(JAR.resolveSibling("s3proxy.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "stop-s3-server"));
            S3Server server = new S3Server(port, process);
            await("the S3 server listens, see target/s3proxy/s3proxy.log")
                    .atMost(Duration.ofSeconds(60))
                    .until(server::listens);
            return server;
        } catch (IOException e) {
            throw new AssertionError("the S3 server did not start", e);
        }
    }

    private boolean listens() {
        assertThat(process.isAlive())
                .as("the S3 server, see target/s3proxy/s3proxy.log")
                .isTrue();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return true;
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
