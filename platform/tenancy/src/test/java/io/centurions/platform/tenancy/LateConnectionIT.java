package io.centurions.platform.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool of one connection, which another has while a transaction waits for it. */
@QuarkusTest
@WithPostgresAndRedis
class LateConnectionIT {

    // Survives a rollback, so it tells whether the statement was ever run.
    private static final String LOCK = "SELECT pg_advisory_lock(4711)";
    private static final String LOCKS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711";

    @ConfigProperty(name = "quarkus.datasource.reactive.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    private Pool pool;

    @BeforeEach
    void open() {
        pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(1))
                .connectingTo(PgConnectOptions.fromUri(url).setUser(user).setPassword(password))
                .build();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void a_connection_that_arrives_after_the_wait_ended_goes_back_to_the_pool_unused() throws Exception {
        CompanyId company = Companies.make("late").company();
        Database database = new Database(
                io.vertx.mutiny.sqlclient.Pool.newInstance(pool), new FairLine(8, new SimpleMeterRegistry()));
        SqlConnection only = Statements.started(pool.getConnection()).get(10, TimeUnit.SECONDS);
        AtomicReference<RuntimeException> given = new AtomicReference<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                database.runAsCompany(company, tx -> tx.query(LOCK));
            } catch (RuntimeException e) {
                given.set(e);
            }
        });
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        waiting.interrupt();
        waiting.join();
        assertThat(given.get()).hasMessageContaining("interrupted");

        Statements.started(only.close()).get(10, TimeUnit.SECONDS);

        var next =
                CompletableFuture.supplyAsync(() -> database.onceAsCompany(company, "SELECT id FROM core.companies"));
        assertThat(next.get(10, TimeUnit.SECONDS)).hasSize(1);
        assertThat(Admin.get().count(LOCKS)).isZero();
    }
}
