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
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RebuildWindowTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Ask LAST_HOUR = new Ask(NOON.minusSeconds(3600), NOON, null, "somebody");

    private static final int LARGE = 27 * 1024 * 1024;

    private final LargeBodies room = new LargeBodies(192L * 1024 * 1024);
    private final List<UUID> restored = new ArrayList<>();

    @Test
    void what_is_parked_is_counted_without_its_body_and_what_comes_after_it_is_restored() {
        Received received = new Received(IntStream.range(0, 250)
                .mapToObj(place -> webhook(place % 2 == 0 ? "applied" : "parked"))
                .toList());

        Account account = new RebuildWindow(received, room).rebuild(LAST_HOUR, this::restore);

        assertThat(account).isEqualTo(new Account(250, 125, 0, 0, 125));
        List<UUID> applied = received.all.stream()
                .filter(summary -> !summary.parked())
                .map(KeptSummary::id)
                .toList();
        assertThat(restored).isEqualTo(applied);
        assertThat(received.read).isEqualTo(applied);
    }

    @Test
    void a_large_body_is_alone_in_memory_until_it_is_restored() {
        Received received = new Received(List.of(
                new KeptSummary(UUID.randomUUID(), null, "applied", LARGE, NOON),
                new KeptSummary(UUID.randomUUID(), null, "applied", LARGE, NOON)));
        received.whenRead = () -> assertRoomIsTaken();

        Account account = new RebuildWindow(received, room).rebuild(LAST_HOUR, (kept, instance) -> {
            assertRoomIsTaken();
            assertThat(received.read).last().isEqualTo(kept.id());
            return Restored.of(1, 0);
        });

        assertThat(account).isEqualTo(new Account(2, 2, 0, 0, 0));
        assertThat(room.borrow(LARGE)).as("given back").isPositive();
    }

    private void assertRoomIsTaken() {
        assertThatThrownBy(() -> room.borrow(LARGE)).isInstanceOf(Problem.class);
    }

    @Test
    void what_has_gone_since_it_was_listed_is_left_out() {
        Received received = new Received(List.of(webhook("applied"), webhook("applied")));
        received.gone = received.all.getFirst().id();

        assertThat(new RebuildWindow(received, room).rebuild(LAST_HOUR, this::restore))
                .isEqualTo(new Account(1, 1, 0, 0, 0));
    }

    @Test
    void what_was_reprocessed_had_its_effect_and_is_restored() {
        Account account = new RebuildWindow(new Received(List.of(webhook("reprocessed"))), room)
                .rebuild(LAST_HOUR, (kept, instance) -> Restored.UNREADABLE);

        assertThat(account).isEqualTo(new Account(1, 0, 0, 1, 0));
    }

    @Test
    void of_those_that_came_for_no_single_instance_one_instance_is_restored_where_it_is_spoken_to() {
        UUID instance = UUID.randomUUID();
        KeptSummary its = webhook("applied", instance);
        KeptSummary toSeveral = webhook("applied");
        KeptSummary toSeveralParked = webhook("parked");
        List<KeptSummary> received =
                List.of(webhook("applied"), its, webhook("parked"), toSeveral, webhook("applied"), toSeveralParked);

        Account account = new RebuildWindow(new Received(received), room)
                .rebuild(new Ask(NOON.minusSeconds(3600), NOON, instance, "somebody"), new RebuildWindow.Restore() {
                    @Override
                    public Restored restore(KeptWebhook kept, UUID only) {
                        assertThat(only).isEqualTo(instance);
                        return RebuildWindowTest.this.restore(kept, only);
                    }

                    @Override
                    public boolean speaksTo(KeptWebhook kept, UUID only) {
                        return List.of(toSeveral.id(), toSeveralParked.id()).contains(kept.id());
                    }
                });

        assertThat(account).isEqualTo(new Account(3, 2, 0, 0, 1));
        assertThat(restored).containsExactly(its.id(), toSeveral.id());
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
        restored.add(kept.id());
        return Restored.of(1, 0);
    }

    private static KeptSummary webhook(String state) {
        return webhook(state, null);
    }

    private static KeptSummary webhook(String state, UUID instance) {
        return new KeptSummary(UUID.randomUUID(), instance, state, 0, NOON);
    }

    /** A window of webhooks without a database. */
    private static final class Received extends WebhookInbox {

        private final List<KeptSummary> all;
        private final List<UUID> read = new ArrayList<>();
        private Runnable whenRead = () -> {};
        private UUID gone;

        Received(List<KeptSummary> all) {
            super(null, null, "none");
            this.all = all;
        }

        @Override
        List<KeptSummary> window(Instant from, Instant to, UUID instance, KeptSummary after, int limit) {
            return all.stream()
                    .dropWhile(kept -> after != null && !kept.id().equals(after.id()))
                    .skip(after == null ? 0 : 1)
                    .limit(limit)
                    .toList();
        }

        @Override
        Optional<KeptWebhook> read(UUID id) {
            whenRead.run();
            read.add(id);
            return all.stream()
                    .filter(kept -> kept.id().equals(id) && !id.equals(gone))
                    .map(kept -> new KeptWebhook(
                            id, Origin.of("somebody", "there", null, kept.instance()), new byte[0], NOON))
                    .findFirst();
        }
    }
}
