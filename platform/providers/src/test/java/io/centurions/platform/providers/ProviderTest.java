package io.centurions.platform.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Exchange.Answered;
import io.centurions.platform.providers.Exchange.NotSent;
import io.centurions.platform.providers.Settings.Limited;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Places, repeats, figures and what is forgotten. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProviderTest {

    private static final CompanyId SLOW = CompanyId.of(UUID.randomUUID());
    private static final CompanyId SLOW_TOO = CompanyId.of(UUID.randomUUID());
    private static final CompanyId QUICK = CompanyId.of(UUID.randomUUID());
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Server server = new Server();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Providers providers = limited(Limited.of(2, 4));
    private final Provider provider = providers.named("p");

    @AfterEach
    void close() {
        server.close();
        providers.close();
    }

    @Test
    void a_company_whose_provider_hangs_delays_no_other() {
        hangs(provider, SLOW, 2);

        assertThat(provider.exchange(SLOW, server.get())).isInstanceOfSatisfying(NotSent.class, held -> {
            assertThat(held.reason()).isEqualTo("company_full");
            assertThat(held.after()).isPositive();
        });
        assertThat(provider.exchange(QUICK, server.get())).isInstanceOf(Answered.class);
    }

    @Test
    void all_companies_together_take_no_more_than_the_process_bears() {
        hangs(provider, SLOW, 2);
        hangs(provider, SLOW_TOO, 2);

        assertThat(provider.exchange(QUICK, server.get()))
                .isInstanceOfSatisfying(
                        NotSent.class, held -> assertThat(held.reason()).isEqualTo("provider_full"));
    }

    @Test
    void a_place_is_given_back_however_the_call_ended() {
        server.answers(500);
        IntStream.range(0, 5).forEach(call -> provider.exchange(SLOW, server.get("/hang", Duration.ofMillis(20))));
        IntStream.range(0, 5).forEach(call -> provider.exchange(QUICK, server.get()));

        hangs(provider, SLOW_TOO, 2);
        assertThat(provider.exchange(QUICK, server.get())).isInstanceOf(Answered.class);
    }

    @Test
    void where_waiting_is_allowed_a_call_waits_for_its_turn_and_one_too_many_does_not() {
        Provider waits =
                limited(Limited.of(1, 4).waiting(1, Duration.ofSeconds(15))).named("p");
        hangs(waits, SLOW, 1);
        var one = waits.tell(SLOW, server.get());
        var another = waits.tell(SLOW, server.get());
        await().until(() -> one.isDone() || another.isDone());
        var refused = one.isDone() ? one : another;
        var waiting = one.isDone() ? another : one;

        assertThat(refused).isCompletedWithValueMatching(end -> end instanceof NotSent);
        assertThat(waiting).isNotDone();
        server.letGo();

        assertThat(waiting).succeedsWithin(10, TimeUnit.SECONDS).isInstanceOf(Answered.class);
    }

    @Test
    void waiting_has_an_end() {
        Provider impatient =
                limited(Limited.of(1, 4).waiting(5, Duration.ofMillis(100))).named("p");
        hangs(impatient, SLOW, 1);

        assertThat(impatient.exchange(SLOW, server.get())).isInstanceOf(NotSent.class);
    }

    @Test
    void what_is_not_safe_to_repeat_is_called_once() {
        server.answers(503);

        provider.exchange(QUICK, server.get());

        assertThat(server.calls).hasValue(1);
    }

    @Test
    void what_is_safe_to_repeat_is_repeated_until_it_works() {
        server.behaves(exchange -> Server.answering(server.calls.get() < 3 ? 503 : 200, "", Map.of())
                .handle(exchange));

        Exchange end = provider.exchange(QUICK, server.get().repeated());

        assertThat(((Answered) end).status()).isEqualTo(200);
        assertThat(server.calls).hasValue(3);
    }

    @Test
    void repeating_ends_with_the_last_answer() {
        server.answers(502);

        Exchange end = provider.exchange(QUICK, server.get().repeated());

        assertThat(((Answered) end).status()).isEqualTo(502);
        assertThat(server.calls).hasValue(3);
    }

    @Test
    void a_provider_that_says_when_to_come_back_is_not_asked_again_before() {
        server.behaves(Server.answering(503, "", Map.of("Retry-After", "1")));

        provider.exchange(QUICK, server.get().repeated());

        assertThat(server.calls).hasValue(1);
    }

    @Test
    void repeats_stay_within_the_limit_of_the_whole() {
        provider.exchange(QUICK, server.get("/hang", Duration.ofMillis(400)).repeated());

        assertThat(server.calls).hasValue(1);
    }

    @Test
    void telling_waits_for_nobody() {
        var told = provider.tell(SLOW, server.get("/hang", LONG));

        assertThat(told).isNotDone();
        assertThat(provider.tell(QUICK, server.get())).succeedsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void calls_are_counted_by_how_they_ended_and_timed() {
        server.answers(200);
        provider.exchange(QUICK, server.get());
        server.answers(404);
        provider.exchange(QUICK, server.get());
        server.answers(429);
        provider.exchange(QUICK, server.get());
        server.answers(500);
        provider.exchange(QUICK, server.get());
        provider.exchange(QUICK, server.get("/hang", Duration.ofMillis(30)));
        hangs(provider, SLOW, 2);
        provider.exchange(SLOW, server.get());

        assertThat(counted("answered")).isOne();
        assertThat(counted("refused")).isOne();
        assertThat(counted("throttled")).isOne();
        assertThat(counted("failed")).isOne();
        assertThat(counted("timeout")).isOne();
        assertThat(counted("company_full")).isOne();
        assertThat(meters.timer("provider_call_seconds", "provider", "p").count())
                .isEqualTo(5);
    }

    @Test
    void a_company_that_calls_no_more_is_forgotten_with_its_figures() {
        server.answers(500);
        IntStream.range(0, 10).forEach(call -> provider.exchange(QUICK, server.get()));
        hangs(provider, SLOW, 1);
        assertThat(meters.find("provider_breaker_state").gauges())
                .as("of the one that failed")
                .hasSize(1);
        server.answers(200);
        provider.exchange(SLOW_TOO, server.get());
        assertThat(provider.lines()).isEqualTo(3);

        provider.tidy(Duration.ofMillis(-1));

        // One rests, one is on the way: both still mean something.
        assertThat(provider.lines()).isEqualTo(2);
        provider.tidy(Duration.ofHours(1));
        assertThat(provider.lines()).isEqualTo(2);
    }

    private Providers limited(Limited limits) {
        return new Providers(new Settings(limits), meters);
    }

    private void hangs(Provider by, CompanyId company, int times) {
        int before = server.calls.get();
        IntStream.range(0, times).forEach(call -> by.tell(company, server.get("/hang", LONG)));
        await().until(() -> server.calls.get() == before + times);
    }

    private double counted(String outcome) {
        var counter = meters.find("provider_calls_total")
                .tag("provider", "p")
                .tag("outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }
}
