package io.centurions.platform.testkit;

import io.centurions.platform.secrets.KeyRing;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Starts the servers once a JVM and tells the application where they are. */
public class PostgresAndRedis implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        Servers servers = Servers.started();
        String suffix = Repository.suffixOfModule();
        Map<String, String> config = new LinkedHashMap<>();
        config.put("quarkus.datasource.reactive.url", servers.cuttableDatabaseUrl());
        config.put("quarkus.datasource.username", suffix + "_app");
        config.put("quarkus.datasource.password", Servers.APP_PASSWORD);
        config.put("quarkus.redis.hosts", servers.cuttableRedisUrl());
        config.put("quarkus.redis.blocking.hosts", servers.cuttableRedisUrl());
        config.put(KeptStreams.URL, servers.redisUrl());
        config.put("centurions.secrets.keyring", "file:" + keyRing());
        config.put(Admin.URL, servers.adminUrl());
        config.put(Admin.USER, servers.adminUser());
        config.put(Admin.PASSWORD, servers.adminPassword());
        return config;
    }

    // In a file, as where keys are changed while services run; a test may change it.
    private static Path keyRing() {
        try {
            Path file = Files.createTempFile("keyring", ".txt");
            file.toFile().deleteOnExit();
            return Files.writeString(file, KeyRing.generate());
        } catch (IOException e) {
            throw new UncheckedIOException("could not write a key ring for the tests", e);
        }
    }

    @Override
    public void stop() {
        // The servers serve the whole module and end with the JVM.
    }
}
