package io.centurions.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.Streams;
import io.centurions.contracts.contract.ContractSigned;
import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ContractId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.EventId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.outbox.RedisLife;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.HeardLog;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From the commit that makes a fact true to its consumer, on a real PostgreSQL and a real Redis. */
@QuarkusTest
@WithPostgresAndRedis
class WorkIT {

    @Inject
    Database database;

    @Inject
    Outbox outbox;

    @Inject
    WonDeals won;

    @Inject
    SignedContracts signed;

    @Inject
    RedisDataSource redis;

    @Inject
    Consumers consumers;

    @Inject
    LivesOfRedis lives;

    @Test
    void a_committed_event_reaches_its_consumer_with_its_company_and_cause() {
        CompanyId company = Companies.make("streams").company();
        DealWon deal = deal();

        database.runAsCompany(company, tx -> outbox.append(tx, deal));

        await().untilAsserted(() -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1));
        Received<DealWon> received = won.last(deal.deal());
        assertThat(received.company()).isEqualTo(company);
        assertThat(received.envelope().producer()).isEqualTo("capi-dispatcher");
        assertThat(received.envelope().traceparent()).startsWith("00-");
    }

    @Test
    void a_repeat_of_an_event_has_no_second_effect() {
        CompanyId company = Companies.make("streams").company();
        DealWon deal = deal();
        database.runAsCompany(company, tx -> outbox.append(tx, deal));
        await().untilAsserted(() -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1));

        Admin.get().execute("UPDATE core.outbox_capi SET published_at = NULL WHERE company_id = ?", company.value());

        await().untilAsserted(() -> assertThat(won.callsOf(deal.deal())).isGreaterThanOrEqualTo(2));
        assertThat(won.effectsOf(deal.deal())).isEqualTo(1);
    }

    @Test
    void an_event_that_must_wait_is_tried_again_until_it_can_be_done() {
        CompanyId company = Companies.make("streams").company();
        DealWon deal = deal();
        won.postpone(deal.deal(), 2);

        database.runAsCompany(company, tx -> outbox.append(tx, deal));

        await().untilAsserted(() -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1));
        assertThat(won.callsOf(deal.deal())).isEqualTo(3);
    }

    @Test
    void a_broken_entry_is_parked_and_the_next_one_goes_on() {
        CompanyId company = Companies.make("streams").company();
        DealWon deal = deal();
        redis.stream(String.class).xadd(Streams.key(DealWon.TYPE), Map.of("envelope", "{nonsense", "payload", "{}"));

        database.runAsCompany(company, tx -> outbox.append(tx, deal));

        await().untilAsserted(() -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1));
        await().untilAsserted(() -> assertThat(Admin.get()
                        .count("SELECT count(*) FROM core.parked_events_capi WHERE reason = 'unreadable envelope'"))
                .isPositive());
    }

    @Test
    void a_refused_event_is_parked_with_its_reason_and_company() {
        CompanyId company = Companies.make("streams").company();
        DealWon deal = deal();
        won.refuse(deal.deal());

        database.runAsCompany(company, tx -> outbox.append(tx, deal));

        await().untilAsserted(() -> assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.parked_events_capi WHERE company_id = ? AND reason = 'refused by the test'",
                                company.value()))
                .isEqualTo(1));
    }

    @Test
    void an_emptied_redis_gets_its_groups_again_and_work_goes_on() {
        CompanyId company = Companies.make("streams").company();
        DealWon deal = deal();
        redis.flushall();

        database.runAsCompany(company, tx -> outbox.append(tx, deal));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1));
    }

    @Test
    void a_key_that_holds_no_stream_holds_up_no_other_and_its_events_come_when_it_is_mended() {
        CompanyId company = Companies.make("streams").company();
        redis.value(String.class).setex(RedisLife.MENDED, 60, "");
        redis.value(String.class).set(Streams.key(ContractSigned.TYPE), "by hand");
        ContractSigned meant = contract();
        database.runAsCompany(company, tx -> outbox.append(tx, meant));
        DealWon deal = deal();
        DealWon ofTheDead = deal();

        database.runAsCompany(company, tx -> outbox.append(tx, deal));
        await().untilAsserted(() -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1));
        Replica.addAndRead(redis, "a-dead-replica", List.of(ofTheDead), company);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(won.effectsOf(ofTheDead.deal())).isEqualTo(1));
        assertThat(redis.execute("TYPE", Streams.key(ContractSigned.TYPE)).toString())
                .isEqualTo("string");
        assertThat(signed.marksBeforeEachTry(meant.contract())).isEmpty();

        redis.key().del(RedisLife.MENDED);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(signed.marksBeforeEachTry(meant.contract())).isNotEmpty());
    }

    @Test
    void a_service_that_can_read_no_stream_says_so_once_and_reads_again_when_they_are_mended() {
        CompanyId company = Companies.make("streams").company();
        DealWon deal = deal();
        try (HeardLog log = HeardLog.of(WorkLoop.class)) {
            redis.value(String.class).setex(RedisLife.MENDED, 60, "");
            redis.withTransaction(byHand ->
                    consumers.keys().forEach(key -> byHand.value(String.class).set(key, "by hand")));
            database.runAsCompany(company, tx -> outbox.append(tx, deal));
            await().until(() -> log.lines().stream().anyMatch(line -> line.contains("not read")));

            int lines = log.lines().size();
            await().during(Duration.ofSeconds(6))
                    .atMost(Duration.ofSeconds(9))
                    .untilAsserted(() -> assertThat(log.lines()).hasSize(lines));
        } finally {
            redis.key().del(RedisLife.MENDED);
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1));
        lives.settle();
    }

    @Test
    void a_group_that_is_missing_in_a_full_redis_is_made_and_all_streams_are_read() {
        CompanyId company = Companies.make("streams").company();
        DealWon deal = deal();
        ContractSigned contract = contract();
        try {
            // In one step: the group would be made again while there is room, and nothing gets in when there is none.
            redis.withTransaction(filling -> {
                filling.stream(String.class).xadd(Streams.key(DealWon.TYPE), Replica.fields(deal, company));
                filling.stream(String.class).xadd(Streams.key(ContractSigned.TYPE), Replica.fields(contract, company));
                filling.execute("CONFIG", "SET", "maxmemory", "1");
                filling.key().del(RedisLife.MENDED);
                filling.execute("XGROUP", "DESTROY", Streams.key(ContractSigned.TYPE), Replica.GROUP);
            });

            await().untilAsserted(() -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1));
            await().untilAsserted(() ->
                    assertThat(signed.marksBeforeEachTry(contract.contract())).isNotEmpty());
        } finally {
            redis.execute("CONFIG", "SET", "maxmemory", "0");
        }
    }

    @Test
    void more_waiting_events_than_are_held_stop_nobody_and_are_done_in_the_end() {
        CompanyId company = Companies.make("streams").company();
        List<DealWon> waiting = Stream.generate(WorkIT::deal).limit(80).toList();
        waiting.forEach(deal -> won.postpone(deal.deal(), 4));
        waiting.forEach(deal -> database.runAsCompany(company, tx -> outbox.append(tx, deal)));
        await().untilAsserted(() -> assertThat(waiting).allMatch(deal -> won.callsOf(deal.deal()) > 0));
        DealWon deal = deal();

        database.runAsCompany(company, tx -> outbox.append(tx, deal));

        await().atMost(Duration.ofSeconds(4))
                .untilAsserted(() -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1));
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(waiting)
                        .allSatisfy(
                                each -> assertThat(won.effectsOf(each.deal())).isEqualTo(1)));
    }

    @Test
    void a_newer_version_waits_for_its_deployment_and_is_parked_when_that_does_not_come() {
        CompanyId company = Companies.make("streams").company();
        Instant occurred = Instant.now();
        redis.stream(String.class).xadd(Streams.key(DealWon.TYPE), Replica.fields(deal(), company, 99, occurred));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(parked(company, "unknown version")).isEqualTo(1));
        assertThat(Instant.now()).isAfter(occurred.plusSeconds(3));
    }

    @Test
    void a_parked_event_that_is_sent_again_is_handled_by_the_group_that_parked_it() {
        lives.settle();
        CompanyId company = Companies.make("streams").company();
        DealWon deal = deal();
        won.refuse(deal.deal());
        database.runAsCompany(company, tx -> outbox.append(tx, deal));
        await().untilAsserted(
                        () -> assertThat(parked(company, "refused by the test")).isEqualTo(1));
        EventId event = won.last(deal.deal()).envelope().id();
        won.accept(deal.deal());

        Admin.get()
                .query(
                        "SELECT core.reprocess_parked_capi_v1(id, 'someone') FROM core.parked_events_capi"
                                + " WHERE company_id = ?",
                        company.value());

        await().untilAsserted(() -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1));
        assertThat(won.last(deal.deal()).envelope().replay()).isTrue();
        assertThat(won.last(deal.deal()).envelope().id()).isEqualTo(event);
    }

    @Test
    void what_is_sent_again_for_another_group_is_passed_over() {
        CompanyId company = Companies.make("streams").company();
        DealWon theirs = deal();
        DealWon ours = deal();
        Map<String, String> entry = new HashMap<>(Replica.fields(theirs, company));
        entry.put(Streams.ONLY, "backoffice-api");
        redis.stream(String.class).xadd(Streams.key(DealWon.TYPE), entry);

        database.runAsCompany(company, tx -> outbox.append(tx, ours));

        await().untilAsserted(() -> assertThat(won.effectsOf(ours.deal())).isEqualTo(1));
        assertThat(won.callsOf(theirs.deal())).isZero();
    }

    private static long parked(CompanyId company, String reason) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.parked_events_capi WHERE company_id = ? AND reason = ?",
                        company.value(),
                        reason);
    }

    @Test
    void an_event_of_a_newer_type_does_not_hold_back_the_others() {
        CompanyId company = Companies.make("streams").company();
        DealWon deal = deal();
        Admin.get().execute("""
                INSERT INTO core.outbox_capi (company_id, id, type, subject, seq, occurred_at, correlation_id, payload)
                VALUES (?, core.uuid7(), 'deal.from.the.future', core.uuid7(), 0, now(), core.uuid7(), '{}'),
                       (?, core.uuid7(), 'deal.unpublishable', core.uuid7(), -1, now(), core.uuid7(), '{}')
                """, company.value(), company.value());

        database.runAsCompany(company, tx -> outbox.append(tx, deal));

        await().untilAsserted(() -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1));
        await().untilAsserted(() ->
                assertThat(redis.key().exists("stream:deal.from.the.future")).isTrue());
    }

    @Test
    void a_rolled_back_event_is_never_published() {
        CompanyId company = Companies.make("streams").company();
        DealWon lost = deal();
        DealWon kept = deal();
        try {
            database.runAsCompany(company, tx -> {
                outbox.append(tx, lost);
                throw new IllegalStateException("roll back");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("roll back");
        }
        database.runAsCompany(company, tx -> outbox.append(tx, kept));

        await().untilAsserted(() -> assertThat(won.effectsOf(kept.deal())).isEqualTo(1));
        assertThat(won.callsOf(lost.deal())).isZero();
    }

    private static ContractSigned contract() {
        return new ContractSigned(
                ContractId.random(), DealId.random(), LeadId.random(), Instant.parse("2026-11-20T12:00:00Z"));
    }

    static DealWon deal() {
        return new DealWon(DealId.random(), LeadId.random(), 1_000_00, "BRL", Instant.parse("2026-11-20T12:00:00Z"));
    }
}
