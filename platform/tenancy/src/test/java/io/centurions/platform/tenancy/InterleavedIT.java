package io.centurions.platform.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.BehindPooler;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.Servers;
import io.centurions.platform.testkit.isolation.Interleaved;
import io.centurions.platform.testkit.pooler.Pooler;
import io.centurions.platform.testkit.pooler.TransactionPooler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever stands between a service and PostgreSQL, and whatever a connection remembers of its last user. */
class InterleavedIT {

    private static final int POOL = 8;
    private static final int BEHIND_THE_POOLER = 3;
    private static final String LEAVE = "SELECT set_config('request.jwt.claims', $1, false), pg_sleep(0.01)::text";
    private static final String LEFT = "SELECT nullif(current_setting('request.jwt.claims', true), '') AS left_over";

    private final Vertx vertx = Vertx.vertx();
    private final List<Pool> pools = new ArrayList<>();

    @AfterEach
    void close() {
        pools.forEach(Pool::close);
        vertx.close();
    }

    @Test
    void ten_thousand_requests_of_twenty_companies_over_eight_connections_read_no_foreign_row() {
        Database database = direct();

        assertNothingForeign(database);
        assertNothingLeft(database);
    }

    @Test
    void nor_do_they_behind_a_transaction_pooler() {
        try (TransactionPooler pooler = TransactionPooler.inFrontOf(server())) {
            Database database = behind(pooler);

            assertNothingForeign(database);
            assertNothingLeft(database);
            assertThat(pooler.handedOver())
                    .as("server connections went from client to client")
                    .isGreaterThan(Interleaved.count() / 10);
        }
    }

    @Test
    void nor_do_they_behind_pgbouncer() {
        try (Pooler pooler = BehindPooler.inFrontOf(server())) {
            Database database = behind(pooler);

            assertNothingForeign(database);
            assertNothingLeft(database);
        }
    }

    @Test
    void claims_that_somebody_left_on_every_connection_open_nothing_to_the_next_company() throws Exception {
        Database database = direct();
        CompanyId victim = Companies.make("esquecida").company();
        leaveOnAll(
                database, new JsonObject().put("company_id", victim.toString()).encode());
        assertThat(database.call(LEFT).getFirst().getString("left_over")).contains(victim.toString());

        assertNothingForeign(database);
    }

    @Test
    void broken_claims_that_somebody_left_on_every_connection_do_no_harm() throws Exception {
        Database database = direct();
        leaveOnAll(database, "{");

        assertNothingForeign(database);
    }

    private static void assertNothingForeign(Database database) {
        AtomicInteger turn = new AtomicInteger();
        var result = Interleaved.requests((company, sql) -> {
            boolean once = turn.getAndIncrement() % 2 == 0;
            return owners(
                    once
                            ? database.onceAsCompany(CompanyId.of(company), sql)
                            : database.asCompany(CompanyId.of(company), tx -> tx.query(sql)));
        });

        assertThat(result.foreign()).isEmpty();
        assertThat(result.answered()).isEqualTo(Interleaved.count());
    }

    /** Our own claims are gone with their transaction: without any, nothing is seen, on no connection. */
    private static void assertNothingLeft(Database database) {
        for (int time = 0; time < 10 * POOL; time++) {
            assertThat(database.call(LEFT).getFirst().getString("left_over")).isNull();
            assertThat(database.call(Interleaved.OWNERS)).isEmpty();
        }
    }

    private static List<UUID> owners(List<Row> rows) {
        return rows.stream().map(row -> row.getUUID(0)).toList();
    }

    private static void leaveOnAll(Database database, String claims) throws Exception {
        List<Future<?>> left = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int time = 0; time < 8 * POOL; time++) {
                left.add(threads.submit(() -> database.call(LEAVE, claims)));
            }
        }
        for (Future<?> each : left) {
            each.get();
        }
    }

    private static Pooler.Server server() {
        URI address = Admin.get().address();
        return new Pooler.Server(
                address.getHost().equals("localhost") ? "127.0.0.1" : address.getHost(),
                address.getPort(),
                "postgres",
                "backoffice_app",
                Servers.APP_PASSWORD,
                BEHIND_THE_POOLER);
    }

    private Database direct() {
        return over(new PgConnectOptions()
                .setHost(server().host())
                .setPort(server().port())
                .setCachePreparedStatements(true));
    }

    // As DATABASE_POOLER=true and DATABASE_CACHE_STATEMENTS=false have it.
    private Database behind(Pooler pooler) {
        return over(new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(pooler.port())
                .setCachePreparedStatements(false)
                .setUseLayer7Proxy(true));
    }

    private Database over(PgConnectOptions options) {
        Pool pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(POOL))
                .connectingTo(options.setDatabase("postgres")
                        .setUser("backoffice_app")
                        .setPassword(Servers.APP_PASSWORD))
                .using(vertx)
                .build();
        pools.add(pool);
        return new Database(
                io.vertx.mutiny.sqlclient.Pool.newInstance(pool), new FairLine(POOL, new SimpleMeterRegistry()));
    }
}
