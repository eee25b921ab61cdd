package io.centurions.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.platform.problem.Problem;
import io.centurions.platform.webhooks.RebuildWindow.Account;
import io.centurions.platform.webhooks.RebuildWindow.Ask;
import io.centurions.platform.webhooks.RebuildWindow.Restored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RebuildWindowTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Ask LAST_HOUR = new Ask(NOON.minusSeconds(3600), NOON, null, "somebody");

    private final List<KeptWebhook> restored = new ArrayList<>();

    @Test
    void what_is_parked_is_counted_and_left_alone_and_what_comes_after_it_is_restored() {
        List<KeptWebhook> received = IntStream.range(0, 20)
                .mapToObj(place -> webhook(place % 2 == 0 ? "applied" : "parked"))
                .toList();

        Account account = new RebuildWindow(new Received(received)).rebuild(LAST_HOUR, this::restore);

        assertThat(account).isEqualTo(new Account(20, 10, 0, 0, 10));
        assertThat(restored).hasSize(10).noneMatch(KeptWebhook::parked);
    }

    @Test
    void what_was_reprocessed_had_its_effect_and_is_restored() {
        Account account = new RebuildWindow(new Received(List.of(webhook("reprocessed"))))
                .rebuild(LAST_HOUR, (kept, instance) -> Restored.UNREADABLE);

        assertThat(account).isEqualTo(new Account(1, 0, 0, 1, 0));
    }

    @Test
    void of_those_that_came_for_no_single_instance_one_instance_is_restored_where_it_is_spoken_to() {
        UUID instance = UUID.randomUUID();
        KeptWebhook its = webhook("applied", instance);
        KeptWebhook toSeveral = webhook("applied");
        KeptWebhook toSeveralParked = webhook("parked");
        List<KeptWebhook> received =
                List.of(webhook("applied"), its, webhook("parked"), toSeveral, webhook("applied"), toSeveralParked);

        Account account = new RebuildWindow(new Received(received))
                .rebuild(new Ask(NOON.minusSeconds(3600), NOON, instance, "somebody"), new RebuildWindow.Restore() {
                    @Override
                    public Restored restore(KeptWebhook kept, UUID only) {
                        assertThat(only).isEqualTo(instance);
                        return RebuildWindowTest.this.restore(kept, only);
                    }

                    @Override
                    public boolean speaksTo(KeptWebhook kept, UUID only) {
                        return kept == toSeveral || kept == toSeveralParked;
                    }
                });

        assertThat(account).isEqualTo(new Account(3, 2, 0, 0, 1));
        assertThat(restored).containsExactly(its, toSeveral);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1000000000-01-01T00:00:00Z",
                "0000-12-31T23:59:59.999999999Z",
                "+10000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z"
            })
    void a_time_that_no_webhook_was_received_at_is_the_callers_mistake(String time) {
        assertRefused(Instant.parse(time), NOON, 400);
        assertRefused(NOON, Instant.parse(time), 400);
    }

    @Test
    void a_window_has_two_ends_and_a_length() {
        RebuildWindow.require(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59Z"));

        assertRefused(null, NOON, 400);
        assertRefused(NOON, null, 400);
        assertRefused(NOON, NOON, 422);
        assertRefused(NOON, NOON.minusSeconds(1), 422);
    }

    private static void assertRefused(Instant from, Instant to, int status) {
        assertThatThrownBy(() -> RebuildWindow.require(from, to))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(status));
    }

    private Restored restore(KeptWebhook kept, UUID instance) {
        restored.add(kept);
        return Restored.of(1, 0);
    }

    private static KeptWebhook webhook(String state) {
        return webhook(state, null);
    }

    private static KeptWebhook webhook(String state, UUID instance) {
        return new KeptWebhook(
                UUID.randomUUID(), Origin.of("somebody", "there", null, instance), state, new byte[0], NOON);
    }

    /** A window of webhooks without a database. */
    private static final class Received extends WebhookInbox {

        private final List<KeptWebhook> received;

        Received(List<KeptWebhook> received) {
            super(null, null, "none");
            this.received = received;
        }

        @Override
        List<KeptWebhook> window(Instant from, Instant to, UUID instance, KeptWebhook after, int limit) {
            return received.stream()
                    .dropWhile(kept -> after != null && !kept.id().equals(after.id()))
                    .skip(after == null ? 0 : 1)
                    .limit(limit)
                    .toList();
        }
    }
}
