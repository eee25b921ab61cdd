package io.centurions.capi.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.capi.ledger.ConversionRepository;
import io.centurions.capi.ledger.LeadRepository;
import io.centurions.capi.mapping.ActionSource;
import io.centurions.capi.mapping.Conversion;
import io.centurions.capi.mapping.Milestone;
import io.centurions.contracts.Envelope;
import io.centurions.contracts.consent.PersonErased;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversionId;
import io.centurions.contracts.id.EventId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.streams.Received;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A fact and the erasure of the same person at the same moment: whichever comes first, nothing is told. One side is held
 * open by the test, the other is the consumer's own.
 */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class ErasureRaceIT {

    private static final String WAITING_FOR = """
            SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory' AND ? = ANY (pg_blocking_pids(pid))
            """;

    @Inject
    Database database;

    @Inject
    LeadRepository leads;

    @Inject
    ConversionRepository conversions;

    @Inject
    RecordConversion recordConversion;

    @Inject
    PersonErasedConsumer erasures;

    private final CompanyId company = Companies.make("erasure").company();
    private final LeadId lead = arranged();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeEach
    void nothingIsSent() {
        Admin.get().execute("UPDATE core.companies SET status = 'suspended' WHERE id = ?", company.value());
    }

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void an_erasure_waits_for_what_is_being_recorded_of_the_person_and_ends_it() throws Exception {
        Future<?> erasure = whileOpen(
                tx -> {
                    leads.recordingOf(tx, lead);
                    conversions.add(tx, conversion(), null);
                },
                tx -> waitsFor(tx, () -> erase(lead)));

        erasure.get(10, TimeUnit.SECONDS);

        assertThat(rows()).containsExactly(Map.of("status", "skipped", "reason", "person_erased"));
    }

    @Test
    void a_fact_waits_for_an_erasure_of_the_person_that_has_begun_and_is_not_told() throws Exception {
        Future<?> fact = whileOpen(tx -> leads.keepUntold(tx, lead), tx -> waitsFor(tx, () -> record(lead)));

        fact.get(10, TimeUnit.SECONDS);

        assertThat(rows()).containsExactly(Map.of("status", "skipped", "reason", "person_erased"));
    }

    @Test
    void facts_of_a_person_do_not_wait_for_each_other() {
        whileOpen(tx -> leads.recordingOf(tx, lead), tx -> endsMeanwhile(() -> record(lead)));

        assertThat(rows()).hasSize(1);
    }

    @Test
    void nobody_waits_for_what_is_recorded_or_erased_of_another_person() {
        LeadId another = arranged();
        LeadId third = arranged();

        whileOpen(tx -> leads.recordingOf(tx, lead), tx -> endsMeanwhile(() -> erase(another)));
        whileOpen(
                tx -> leads.keepUntold(tx, lead),
                tx -> endsMeanwhile(() -> {
                    record(third);
                    erase(third);
                }));

        assertThat(untold()).containsExactlyInAnyOrder(lead.value(), another.value(), third.value());
    }

    /** One side of the race does its part; the other does what it can before that is committed. */
    private <T> T whileOpen(Consumer<Tx> part, Function<Tx, T> meanwhile) {
        return database.asCompany(company, tx -> {
            part.accept(tx);
            return meanwhile.apply(tx);
        });
    }

    /** Returns when the work is seen waiting for this transaction. */
    private Future<?> waitsFor(Tx tx, Runnable work) {
        int backend = tx.first("SELECT pg_backend_pid() AS pid").orElseThrow().getInteger("pid");
        Future<?> waiting = threads.submit(work);
        await().until(() -> Admin.get().count(WAITING_FOR, backend) == 1);
        return waiting;
    }

    private Void endsMeanwhile(Runnable work) {
        return CompletableFuture.runAsync(work, threads)
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }

    private void record(LeadId whose) {
        recordConversion.record(company, Fact.of(Milestone.LEAD, whose, Instant.now()));
    }

    private void erase(LeadId whom) {
        var event = new PersonErased(whom);
        var envelope = new Envelope(
                EventId.random(),
                event.type(),
                event.version(),
                company,
                whom.value(),
                event.seq(),
                Instant.now(),
                UUID.randomUUID(),
                null,
                null,
                "a-test",
                false);
        erasures.handle(new Received<>(envelope, event));
    }

    private Conversion conversion() {
        return new Conversion(
                ConversionId.random(),
                Milestone.LEAD,
                lead,
                null,
                "LeadSubmitted",
                "d-1",
                UUID.randomUUID(),
                ActionSource.SYSTEM_GENERATED,
                Instant.now(),
                null);
    }

    private LeadId arranged() {
        LeadId arranged = LeadId.random();
        Admin.get()
                .execute(
                        "INSERT INTO core.leads (id, company_id, name, source) VALUES (?, ?, 'Maria', 'whatsapp')",
                        arranged.value(),
                        company.value());
        return arranged;
    }

    private List<Map<String, Object>> rows() {
        return Admin.get()
                .query("SELECT status, reason FROM core.marketing_events WHERE company_id = ?", company.value());
    }

    private List<Object> untold() {
        return Admin.get().query("SELECT lead_id FROM core.untold_leads WHERE company_id = ?", company.value()).stream()
                .map(row -> row.get("lead_id"))
                .toList();
    }
}
