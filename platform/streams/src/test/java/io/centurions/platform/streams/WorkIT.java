package io.centurions.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.Streams;
import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.EventId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.outbox.EventJson;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
    RedisDataSource redis;

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
    void what_a_dead_replica_had_in_hand_is_handled_by_a_living_one() {
        CompanyId company = Companies.make("streams").company();
        DealWon deal = deal();
        Envelope envelope = new Envelope(
                EventId.random(),
                DealWon.TYPE,
                1,
                company,
                deal.deal().value(),
                0,
                Instant.now(),
                null,
                null,
                null,
                "backoffice-api",
                false);

        // In one Redis transaction, so that nobody else reads it first: the dead one has it, and never acknowledges.
        redis.withTransaction(transaction -> {
            var stream = transaction.stream(String.class);
            stream.xadd(
                    Streams.key(DealWon.TYPE),
                    Map.of("envelope", EventJson.write(envelope), "payload", EventJson.write(deal)));
            stream.xreadgroup("capi-dispatcher", "a-dead-replica", Streams.key(DealWon.TYPE), ">");
        });

        await().untilAsserted(() -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1));
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

    private static DealWon deal() {
        return new DealWon(DealId.random(), LeadId.random(), 1_000_00, "BRL", Instant.parse("2026-11-20T12:00:00Z"));
    }
}
