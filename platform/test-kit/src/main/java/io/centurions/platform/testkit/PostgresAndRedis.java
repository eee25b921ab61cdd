package io.centurions.platform.testkit;

import io.centurions.platform.secrets.KeyRing;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
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
        config.put("centurions.secrets.keyring", KeyRing.generate());
        config.put(Admin.URL, servers.adminUrl());
        config.put(Admin.USER, servers.adminUser());
        config.put(Admin.PASSWORD, servers.adminPassword());
        return config;
    }

    @Override
    public void stop() {
        // The servers serve the whole module and end with the JVM.
    }
}
