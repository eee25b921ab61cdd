package io.centurions.platform.providers;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Exchange.Answered;
import io.centurions.platform.providers.Exchange.NotSent;
import io.centurions.platform.providers.Settings.Limited;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider that has had enough of one account. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AccountTest {

    private static final CompanyId COMPANY = CompanyId.random();

    private final Server server = new Server();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Providers providers =
            new Providers(new Settings(Limited.of(2, 4).breaking(4, Duration.ofMinutes(1))), meters);
    private final Provider provider = providers.named("p");

    @AfterEach
    void close() {
        server.close();
        providers.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 400, 503})
    void no_call_of_an_account_reaches_a_provider_that_asked_to_wait(int status) {
        limits(status, "30");
        assertThat(asks("bot")).isInstanceOf(Answered.class);

        assertThat(asks("bot")).isInstanceOfSatisfying(NotSent.class, kept -> {
            assertThat(kept.reason()).isEqualTo("account_limited");
            assertThat(kept.tried()).isFalse();
            assertThat(kept.after()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
        });
        assertThat(provider.exchange(COMPANY, server.get().by("bot").repeated()))
                .isInstanceOf(NotSent.class);
        assertThat(server.calls).hasValue(1);
    }

    @Test
    void another_account_another_provider_and_what_has_no_account_go_on() {
        limits(429, "30");
        asks("bot");

        assertThat(asks("another")).isInstanceOf(Answered.class);
        assertThat(provider.exchange(COMPANY, server.get())).isInstanceOf(Answered.class);
        assertThat(providers.named("q").exchange(COMPANY, server.get().by("bot")))
                .isInstanceOf(Answered.class);
    }

    @Test
    void an_account_with_several_ways_to_its_provider_rests_on_all_of_them() {
        limits(429, "30");
        provider.exchange(COMPANY, server.get().by("bot").countedBy("q"));

        for (String way : List.of("p", "q", "r")) {
            assertThat(providers
                            .named(way)
                            .exchange(COMPANY, server.get().by("bot").countedBy("q")))
                    .as(way)
                    .isInstanceOfSatisfying(
                            NotSent.class, kept -> assertThat(kept.reason()).isEqualTo("account_limited"));
        }
        assertThat(asks("bot")).as("one that p itself counts").isInstanceOf(Answered.class);
        assertThat(server.calls).hasValue(2);
    }

    @Test
    void an_account_is_shown_where_it_is_counted_and_forgotten_by_whichever_way_is_used() {
        Provider counting = providers.named("q");
        server.behaves(Server.answering(429, "", Map.of()));
        provider.exchange(
                COMPANY, server.get().by("bot", answered -> Duration.ofNanos(1)).countedBy("q"));
        assertThat(counting.limited()).isOne();
        assertThat(provider.limited()).isZero();

        provider.tidy(Duration.ofHours(1));

        assertThat(counting.limited()).isZero();
    }

    @Test
    void an_account_that_companies_share_rests_for_all_of_them() {
        limits(429, "30");
        asks("bot");

        assertThat(provider.exchange(CompanyId.random(), server.get().by("bot")))
                .isInstanceOf(NotSent.class);
    }

    @Test
    void who_is_limited_without_a_wait_and_who_is_answered_with_one_go_on() {
        server.answers(429);
        asks("bot");
        limits(200, "30");
        asks("bot");

        assertThat(asks("bot")).isInstanceOf(Answered.class);
    }

    @Test
    void a_provider_may_say_in_its_own_words_how_long() {
        limits(429, "3600");
        Request inItsWords = server.get().by("bot", answered -> Duration.ofSeconds(3));
        provider.exchange(COMPANY, inItsWords);

        assertThat(provider.exchange(COMPANY, inItsWords))
                .isInstanceOfSatisfying(
                        NotSent.class, kept -> assertThat(kept.after()).isLessThanOrEqualTo(Duration.ofSeconds(3)));
    }

    @Test
    void being_limited_is_no_failure_and_is_counted() {
        limits(429, "30");
        IntStream.range(0, 20).forEach(call -> asks("bot"));
        server.answers(200);

        assertThat(asks("another")).as("no breaker is open").isInstanceOf(Answered.class);
        assertThat(meters.counter("provider_calls_total", "provider", "p", "outcome", "account_limited")
                        .count())
                .isEqualTo(19);
        assertThat(meters.get("provider_accounts_limited").gauge().value()).isOne();
    }

    @Test
    void a_limit_that_is_over_is_forgotten() {
        server.behaves(Server.answering(429, "", Map.of()));
        provider.exchange(COMPANY, server.get().by("bot", answered -> Duration.ofNanos(1)));
        assertThat(provider.limited()).isOne();

        provider.tidy(Duration.ofHours(1));

        assertThat(provider.limited()).isZero();
        assertThat(asks("bot")).isInstanceOf(Answered.class);
    }

    @Test
    void nothing_shows_what_an_account_is_known_by() {
        assertThat(server.get().by("a-secret").toString()).doesNotContain("a-secret");
    }

    private void limits(int status, String seconds) {
        server.behaves(Server.answering(status, "", Map.of("Retry-After", seconds)));
    }

    private Exchange asks(String account) {
        return provider.exchange(COMPANY, server.get().by(account));
    }
}
