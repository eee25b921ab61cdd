package io.centurions.platform.testkit;

import io.centurions.platform.migrate.Migrations;
import io.centurions.platform.testkit.cut.Cuts;
import io.centurions.platform.testkit.cut.CuttingProxy;
import io.centurions.platform.testkit.pooler.Pooler;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;
import redis.embedded.RedisServer;

/**
 * One PostgreSQL and one Redis for all tests of a JVM, migrated. Containers where a Docker engine answers, embedded
 * servers elsewhere; both end with the JVM.
 */
public final class Servers {

    /** Every app role's password in tests. */
    public static final String APP_PASSWORD = "app";

    static final String DATABASE = "postgres";
    private static Servers started;

    private final String host;
    private final int port;
    private final String adminUser;
    private final String adminPassword;
    private final String redisUrl;
    private final CuttingProxy databaseProxy;
    private final CuttingProxy redisProxy;

    private Servers(String host, int port, String adminUser, String adminPassword, String redisUrl) {
        this.host = host;
        this.port = port;
        this.adminUser = adminUser;
        this.adminPassword = adminPassword;
        this.redisUrl = redisUrl;
        this.databaseProxy = CuttingProxy.postgres("database", host, port);
        URI redis = URI.create(redisUrl);
        this.redisProxy = CuttingProxy.redis("redis", redis.getHost(), redis.getPort());
    }

    /** The servers of this JVM; the first call starts and migrates them. */
    public static synchronized Servers started() {
        if (started == null) {
            Servers servers = dockerAnswers() ? containers() : embedded();
            servers.migrate();
            started = servers;
        }
        return started;
    }

    /** JDBC address without credentials. */
    public String adminUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + DATABASE;
    }

    public String adminUser() {
        return adminUser;
    }

    public String adminPassword() {
        return adminPassword;
    }

    public String redisUrl() {
        return redisUrl;
    }

    /** For the application under test: through a proxy that a test can cut, see {@link Cuts}. */
    String cuttableDatabaseUrl() {
        return "postgresql://localhost:" + databaseProxy.port() + "/" + DATABASE;
    }

    /** For the application under test: through a proxy that a test can cut, see {@link Cuts}. */
    String cuttableRedisUrl() {
        return "redis://localhost:" + redisProxy.port();
    }

    Pooler.Server behindPooler(String user, int connections) {
        // A pooler may try every address that the name stands for; the embedded server listens on this one.
        String address = host.equals("localhost") ? "127.0.0.1" : host;
        return new Pooler.Server(address, port, DATABASE, user, APP_PASSWORD, connections);
    }

    private void migrate() {
        migrate(new Migrations(adminUrl(), adminUser, adminPassword));
    }

    /** Every slice, and a password for every app role. */
    static void migrate(Migrations migrations) {
        try {
            migrations.foundation();
            for (String slice : Migrations.SLICES) {
                Path folder = Repository.migrations(slice);
                if (Files.isDirectory(folder)) {
                    migrations.slice(slice, "filesystem:" + folder, Servers.class.getClassLoader());
                }
            }
            migrations.passwords(Map.of(
                    "backoffice_app", APP_PASSWORD,
                    "runtime_app", APP_PASSWORD,
                    "evolution_app", APP_PASSWORD,
                    "autentique_app", APP_PASSWORD,
                    "capi_app", APP_PASSWORD));
        } catch (SQLException e) {
            throw new IllegalStateException("the test database could not be migrated", e);
        }
    }

    private static boolean dockerAnswers() {
        // Looked at first: asking Testcontainers on a machine without Docker costs seconds and a page of log.
        String host = System.getenv("DOCKER_HOST");
        boolean likely = (host != null && !host.isBlank()) || Files.exists(Path.of("/var/run/docker.sock"));
        return likely && org.testcontainers.DockerClientFactory.instance().isDockerAvailable();
    }

    // Ended by Testcontainers with the JVM.
    @SuppressWarnings("resource")
    private static Servers containers() {
        var postgres = new PostgreSQLContainer(
                DockerImageName.parse("pgvector/pgvector:pg17").asCompatibleSubstituteFor("postgres"));
        postgres.withDatabaseName(DATABASE).start();
        var redis = new GenericContainer<>("redis:7").withExposedPorts(6379);
        redis.start();
        return new Servers(
                postgres.getHost(),
                postgres.getMappedPort(5432),
                postgres.getUsername(),
                postgres.getPassword(),
                "redis://" + redis.getHost() + ":" + redis.getMappedPort(6379));
    }

    private static Servers embedded() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "100")
                    .start();
            int redisPort = freePort();
            RedisServer redis = RedisServer.newRedisServer()
                    .port(redisPort)
                    .setting("bind 127.0.0.1")
                    .setting("maxmemory-policy noeviction")
                    .setting("save \"\"")
                    .build();
            redis.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres, redis), "stop-test-servers"));
            return new Servers(
                    "localhost", postgres.getPort(), "postgres", "postgres", "redis://localhost:" + redisPort);
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded servers did not start", e);
        }
    }

    private static void stop(EmbeddedPostgres postgres, RedisServer redis) {
        try {
            redis.stop();
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded servers did not stop", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
