package io.centurions.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.platform.problem.Problem;
import io.centurions.platform.webhooks.ReprocessWebhook.Ask;
import io.centurions.platform.webhooks.ReprocessWebhook.Done;
import io.centurions.platform.webhooks.ReprocessWebhook.Handled;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ReprocessWebhookTest {

    private static final UUID ID = UUID.randomUUID();
    private static final int LARGE = 27 * 1024 * 1024;

    private final LargeBodies room = new LargeBodies(192L * 1024 * 1024);

    @Test
    void a_large_body_is_read_and_handled_in_the_room_of_large_ones() {
        Done done = new ReprocessWebhook(new Kept("parked"), room).reprocess(ID, new Ask("somebody"), wanted -> {
            assertThatThrownBy(() -> room.borrow(LARGE)).isInstanceOf(Problem.class);
            return Handled.SETTLED;
        });

        assertThat(done).isEqualTo(new Done(ID, "reprocessed"));
        assertThat(room.borrow(LARGE)).as("given back").isPositive();
    }

    @Test
    void what_just_comes_in_is_waited_for() throws Exception {
        int taken = room.borrow(LARGE);
        var asked = new FutureTask<>(() -> new ReprocessWebhook(new Kept("parked"), room)
                .reprocess(ID, new Ask("somebody"), wanted -> Handled.SETTLED));
        Thread operator = Thread.ofPlatform().start(asked);
        while (operator.getState() != Thread.State.TIMED_WAITING) {
            assertThat(asked.isDone()).isFalse();
            Thread.onSpinWait();
        }

        room.giveBack(taken);

        assertThat(asked.get()).isEqualTo(new Done(ID, "reprocessed"));
    }

    @Test
    void without_room_it_is_not_read_and_the_operator_comes_again() {
        room.borrow(LARGE);
        // Ends the wait before it begins.
        Thread.currentThread().interrupt();

        assertRefused(new Kept("parked"), 429);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void what_is_settled_is_not_read() {
        assertRefused(new Kept("discarded"), 409);
    }

    private void assertRefused(Kept inbox, int status) {
        assertThatThrownBy(() -> new ReprocessWebhook(inbox, room).reprocess(ID, null, wanted -> Handled.SETTLED))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(status));
        assertThat(inbox.read).isFalse();
    }

    /** One large webhook without a database. */
    private static final class Kept extends WebhookInbox {

        private final String state;
        private boolean read;

        Kept(String state) {
            super(null, null, "none");
            this.state = state;
        }

        @Override
        Optional<KeptSummary> find(UUID id) {
            return Optional.of(new KeptSummary(id, null, state, LARGE, Instant.EPOCH));
        }

        @Override
        Optional<KeptWebhook> read(UUID id) {
            read = true;
            return Optional.of(
                    new KeptWebhook(id, Origin.of("somebody", "there", null, null), new byte[0], Instant.EPOCH));
        }
    }
}
