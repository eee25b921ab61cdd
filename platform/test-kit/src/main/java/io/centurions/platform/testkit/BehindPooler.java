package io.centurions.platform.testkit;

import io.centurions.platform.testkit.pooler.PgBouncer;
import io.centurions.platform.testkit.pooler.Pooler;
import io.centurions.platform.testkit.pooler.TransactionPooler;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Puts a transaction pooler between the application and PostgreSQL, and configures it as an operator would.
 */
public class BehindPooler implements QuarkusTestResourceLifecycleManager {

    private static final Logger LOG = Logger.getLogger(BehindPooler.class);
    private static final int CONNECTIONS = 4;

    private Pooler pooler;

    /** After the servers themselves, so that this address counts. */
    @Override
    public int order() {
        return 10;
    }

    @Override
    public Map<String, String> start() {
        pooler = inFrontOf(Servers.started().behindPooler(Repository.suffixOfModule() + "_app", CONNECTIONS));
        return Map.of(
                "quarkus.datasource.reactive.url", "postgresql://127.0.0.1:" + pooler.port() + "/" + Servers.DATABASE,
                "DATABASE_POOLER", "true",
                "DATABASE_CACHE_STATEMENTS", "false");
    }

    @Override
    public void stop() {
        if (pooler != null) {
            pooler.close();
        }
    }

    /** PgBouncer where this machine has it; where it has not, that is said. */
    public static Pooler inFrontOf(Pooler.Server server) {
        return PgBouncer.installed()
                .<Pooler>map(program -> PgBouncer.inFrontOf(server, program))
                .orElseGet(() -> {
                    LOG.warn("PgBouncer is not installed (apt install pgbouncer, brew install pgbouncer, or"
                            + " PGBOUNCER=/path): the transaction pooler of the test kit stands in for it");
                    return TransactionPooler.inFrontOf(server);
                });
    }
}
