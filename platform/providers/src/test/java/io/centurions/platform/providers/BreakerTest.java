package io.centurions.platform.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Exchange.Answered;
import io.centurions.platform.providers.Exchange.NotSent;
import io.centurions.platform.providers.Settings.Limited;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BreakerTest {

    private static final CompanyId FAILING = CompanyId.of(UUID.randomUUID());
    private static final CompanyId WELL = CompanyId.of(UUID.randomUUID());

    private final Server server = new Server();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Providers providers = resting(Duration.ofMillis(400));
    private final Provider provider = providers.named("p");

    @AfterEach
    void close() {
        server.close();
        providers.close();
    }

    @Test
    void it_opens_after_failures_and_lets_nothing_through() {
        fails(provider);

        int before = server.calls.get();
        Exchange kept = provider.exchange(FAILING, server.get());

        assertThat(kept).isInstanceOfSatisfying(NotSent.class, held -> {
            assertThat(held.reason()).isEqualTo("breaker_open");
            assertThat(held.tried()).isFalse();
            assertThat(held.after()).isPositive();
        });
        assertThat(server.calls).hasValue(before);
        assertThat(state()).isEqualTo(2);
    }

    @Test
    void a_provider_shows_the_worst_of_its_breakers_and_does_so_before_its_first_call() {
        var registry = new SimpleMeterRegistry();
        var begun = new Providers(new Settings(Limited.of(32, 512).breaking(4, Duration.ofMinutes(1))), registry);
        begun.start(null);
        assertThat(worst(registry)).isZero();

        fails(begun.named("p"));
        server.answers(200);
        begun.named("p").exchange(WELL, server.get());

        assertThat(worst(registry)).isEqualTo(2);
        begun.close();
    }

    @Test
    void whoever_is_held_back_hears_how_long_the_rest_lasts() {
        Provider slow = resting(Duration.ofMinutes(1)).named("slow");
        fails(slow);

        assertThat(slow.exchange(FAILING, server.get()))
                .isInstanceOfSatisfying(
                        NotSent.class,
                        held -> assertThat(held.after()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60)));
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 200, 260})
    void calls_that_had_less_than_their_time_say_nothing_of_the_provider(int given) {
        for (int i = 0; i < 4; i++) {
            Exchange cut = provider.exchange(
                    FAILING, server.get("/hang", Duration.ofMillis(300)).atMost(Duration.ofMillis(given)));
            assertThat(cut).isEqualTo(new Exchange.Lost("timeout"));
        }
        assertThat(provider.exchange(FAILING, server.get())).isInstanceOf(Answered.class);

        for (int i = 0; i < 4; i++) {
            provider.exchange(
                    FAILING, server.get("/hang", Duration.ofMillis(300)).atMost(Duration.ofMillis(270)));
        }
        assertThat(provider.exchange(FAILING, server.get())).isInstanceOf(NotSent.class);
    }

    @Test
    void another_company_goes_through_at_once() {
        fails(provider);
        server.answers(200);

        assertThat(provider.exchange(WELL, server.get())).isInstanceOf(Answered.class);
        assertThat(provider.exchange(FAILING, server.get())).isInstanceOf(NotSent.class);
    }

    @Test
    void after_its_rest_one_good_call_closes_it() {
        fails(provider);
        server.answers(200);
        await().until(() -> state() == 1);

        assertThat(provider.exchange(FAILING, server.get())).isInstanceOf(Answered.class);

        assertThat(state()).isZero();
        assertThat(provider.exchange(FAILING, server.get())).isInstanceOf(Answered.class);
    }

    @Test
    void after_its_rest_one_bad_call_opens_it_again() {
        fails(provider);
        await().until(() -> state() == 1);
        int before = server.calls.get();

        assertThat(provider.exchange(FAILING, server.get())).isInstanceOf(Answered.class);

        assertThat(provider.exchange(FAILING, server.get())).isInstanceOf(NotSent.class);
        assertThat(server.calls).hasValue(before + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 409, 429})
    void what_the_provider_refuses_or_throttles_does_not_open_it(int status) {
        server.answers(status);

        for (int call = 0; call < 12; call++) {
            assertThat(provider.exchange(FAILING, server.get())).isInstanceOf(Answered.class);
        }
    }

    @Test
    void timeouts_open_it() {
        Request hanging = server.get("/hang", Duration.ofMillis(50));
        for (int call = 0; call < 4; call++) {
            assertThat(provider.exchange(FAILING, hanging)).isEqualTo(new Exchange.Lost("timeout"));
        }

        assertThat(provider.exchange(FAILING, hanging)).isInstanceOf(NotSent.class);
    }

    @Test
    void a_client_that_knows_better_decides_what_is_trouble() {
        server.answers(500);
        Request ofOneNumber =
                server.get().troubledBy(answered -> !answered.text().equals("said"));

        for (int call = 0; call < 12; call++) {
            assertThat(provider.exchange(FAILING, ofOneNumber)).isInstanceOf(Answered.class);
        }
    }

    @Test
    void other_calls_are_guarded_alike() {
        for (int call = 0; call < 4; call++) {
            provider.run(FAILING, () -> "bad", "bad"::equals);
        }

        assertThat(provider.run(FAILING, () -> "good", "bad"::equals)).isInstanceOf(Guarded.Held.class);
        assertThat(provider.run(WELL, () -> "good", "bad"::equals)).isEqualTo(new Guarded.Done<>("good"));
    }

    private Providers resting(Duration rest) {
        return new Providers(new Settings(Limited.of(32, 512).breaking(4, rest)), meters);
    }

    private void fails(Provider guarded) {
        server.answers(500);
        for (int call = 0; call < 4; call++) {
            assertThat(guarded.exchange(FAILING, server.get())).isInstanceOf(Answered.class);
        }
    }

    private static double worst(MeterRegistry registry) {
        return registry.get("provider_breaker_worst")
                .tag("provider", "p")
                .gauge()
                .value();
    }

    private int state() {
        Gauge shown = meters.find("provider_breaker_state")
                .tag("provider", "p")
                .tag("company", FAILING.toString())
                .gauge();
        return shown == null ? 0 : (int) shown.value();
    }
}
