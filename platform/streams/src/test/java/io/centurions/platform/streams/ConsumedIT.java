package io.centurions.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.Streams;
import io.centurions.contracts.contract.ContractSigned;
import io.centurions.contracts.conversion.ConversionDispatched;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ContractId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.EventId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.outbox.EventJson;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The mark of an event and its effect are one commit: what takes the effect back takes the mark back. */
@QuarkusTest
@WithPostgresAndRedis
class ConsumedIT {

    @Inject
    Database database;

    @Inject
    Outbox outbox;

    @Inject
    Consumed consumed;

    @Inject
    SignedContracts signed;

    private final CompanyId company = Companies.make("consumed").company();

    @Test
    void a_try_that_fails_after_its_mark_leaves_none_and_the_next_one_has_the_effect() {
        ContractSigned event = event();
        signed.failOnce(event.contract());

        EventId id = database.asCompany(company, tx -> outbox.append(tx, event));

        await().untilAsserted(() -> assertThat(effects()).isEqualTo(1));
        assertThat(signed.marksBeforeEachTry(event.contract())).startsWith(0L, 0L);
        assertThat(marks(id)).isEqualTo(1);
    }

    @Test
    void who_claims_what_another_has_claimed_waits_for_its_commit_and_is_not_the_first() throws Exception {
        Received<ContractSigned> received = received();
        var other = new CompletableFuture<Future<Boolean>>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            database.runAsCompany(company, tx -> {
                assertThat(consumed.first(tx, received)).isTrue();
                other.complete(claimedBeside(tx, received, threads));
            });
            assertThat(other.get().get(10, TimeUnit.SECONDS)).isFalse();
        }

        assertThat(marks(received.envelope().id())).isEqualTo(1);
    }

    @Test
    void who_claims_what_another_has_claimed_is_the_first_when_that_is_rolled_back() throws Exception {
        Received<ContractSigned> received = received();
        var other = new CompletableFuture<Future<Boolean>>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThatThrownBy(() -> database.runAsCompany(company, tx -> {
                        assertThat(consumed.first(tx, received)).isTrue();
                        other.complete(claimedBeside(tx, received, threads));
                        throw new IllegalStateException("told so by the test");
                    }))
                    .hasMessage("told so by the test");
            assertThat(other.get().get(10, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(marks(received.envelope().id())).isEqualTo(1);
    }

    @Test
    void a_look_tells_of_a_mark_and_leaves_none() {
        Received<ContractSigned> received = received();

        assertThat(database.<Boolean>asCompany(company, tx -> consumed.before(tx, received)))
                .isFalse();
        assertThat(database.<Boolean>asCompany(company, tx -> consumed.first(tx, received)))
                .isTrue();

        assertThat(database.<Boolean>asCompany(company, tx -> consumed.before(tx, received)))
                .isTrue();
    }

    /** Another replica claims the same event; returns when it is seen waiting for this transaction. */
    private Future<Boolean> claimedBeside(Tx tx, Received<?> received, ExecutorService threads) {
        int backend = tx.first("SELECT pg_backend_pid() AS pid").orElseThrow().getInteger("pid");
        Future<Boolean> claimed =
                threads.submit(() -> database.asCompany(company, another -> consumed.first(another, received)));
        await().until(() -> Admin.get()
                        .count("SELECT count(*) FROM pg_stat_activity WHERE ? = ANY (pg_blocking_pids(pid))", backend)
                == 1);
        return claimed;
    }

    private Received<ContractSigned> received() {
        ContractSigned event = event();
        String envelope = Replica.fields(event, company).get(Streams.ENVELOPE);
        return new Received<>(EventJson.read(envelope, Envelope.class), event);
    }

    private static ContractSigned event() {
        return new ContractSigned(ContractId.random(), DealId.random(), LeadId.random(), Instant.now());
    }

    private long effects() {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.outbox_capi WHERE company_id = ? AND type = ?",
                        company.value(),
                        ConversionDispatched.TYPE);
    }

    private static long marks(EventId event) {
        return Admin.get().count("SELECT count(*) FROM core.consumed_events_capi WHERE event_id = ?", event.value());
    }
}
