package io.centurions.platform.webhooks;

import io.centurions.platform.problem.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Makes a window of kept webhooks again what it should have become: projections alone. Whoever restores works under a role that can write no
 * outbox, so no turn, reply, deal, contract or conversion comes of it; repeated, it changes nothing. What is parked is left out and counted:
 * what is restored counts as answered, and what is parked is still to be handled.
 */
@ApplicationScoped
public class RebuildWindow {

    private static final int PAGE = 100;

    /** As long as a large body from outside may be on its way. */
    private static final Duration FOR_ROOM = Duration.ofSeconds(30);

    // Instant holds years that PostgreSQL cannot.
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private final WebhookInbox inbox;
    private final LargeBodies room;

    RebuildWindow(WebhookInbox inbox, LargeBodies room) {
        this.inbox = inbox;
        this.room = room;
    }

    /**
     * Which.
     *
     * @param from       received at or after this
     * @param to         and before this
     * @param instanceId at this instance alone; null: at all
     * @param by         who wants it, by the issuer's id; noted by the caller
     */
    @RegisterForReflection
    public record Ask(Instant from, Instant to, UUID instanceId, String by) {}

    /**
     * What came of it.
     *
     * @param kept       webhooks in the window that are meant, without those that were discarded
     * @param restored   things that were missing and are there again
     * @param unchanged  things that were there, or that a rebuild does not make
     * @param unreadable webhooks that could not be read, or not be restored
     * @param parked     webhooks that were left alone, because they wait to be reprocessed or discarded
     */
    @RegisterForReflection
    public record Account(int kept, int restored, int unchanged, int unreadable, int parked) {

        private static final Account EMPTY = new Account(0, 0, 0, 0, 0);

        private Account with(Restored more) {
            return new Account(
                    kept + 1,
                    restored + more.restored(),
                    unchanged + more.unchanged(),
                    unreadable + (more.readable() ? 0 : 1),
                    parked);
        }

        private Account withParked() {
            return new Account(kept + 1, restored, unchanged, unreadable, parked + 1);
        }
    }

    /** What came of one webhook. */
    public record Restored(boolean readable, int restored, int unchanged) {

        /** One that cannot be read, or whose things cannot be stored. */
        public static final Restored UNREADABLE = new Restored(false, 0, 0);

        public static Restored of(int restored, int unchanged) {
            return new Restored(true, restored, unchanged);
        }
    }

    /** How a service reads a kept webhook once more. */
    @FunctionalInterface
    public interface Restore {

        /**
         * Restores what is missing of it.
         *
         * @param instance nothing but what is said to this instance; null: all
         */
        Restored restore(KeptWebhook kept, UUID instance);

        /** Whether one that came for no single instance says something to this one. */
        default boolean speaksTo(KeptWebhook kept, UUID instance) {
            return false;
        }
    }

    /**
     * Bodies may be large: one is in memory at a time, in the room that all large ones share.
     *
     * @throws Problem as {@link #require} does, and 503 when others keep that room; what is restored by then stays, and repeating goes on
     */
    public Account rebuild(Ask ask, Restore restore) {
        if (ask == null) {
            throw Problem.invalid(List.of(new Problem.FieldError("body", "must not be null")));
        }
        require(ask.from(), ask.to());
        Account account = Account.EMPTY;
        KeptSummary after = null;
        List<KeptSummary> page;
        do {
            page = inbox.window(ask.from(), ask.to(), ask.instanceId(), after, PAGE);
            for (KeptSummary summary : page) {
                after = summary;
                account = with(summary, ask.instanceId(), restore, account);
            }
        } while (page.size() == PAGE);
        return account;
    }

    private Account with(KeptSummary summary, UUID instance, Restore restore, Account account) {
        boolean meant = instance == null || summary.instance() != null;
        if (meant && summary.parked()) {
            return account.withParked();
        }
        return room.within(
                summary.bytes(),
                FOR_ROOM,
                () -> inbox.read(summary.id())
                        .filter(kept -> meant || restore.speaksTo(kept, instance))
                        .map(kept ->
                                summary.parked() ? account.withParked() : account.with(restore.restore(kept, instance)))
                        // Its retention has ended meanwhile.
                        .orElse(account));
    }

    /**
     * Lets a window pass.
     *
     * @throws Problem 400 for a time that is missing or that no webhook can have been received at, 422 for a window that has no length
     */
    public static void require(Instant from, Instant to) {
        List<Problem.FieldError> wrong = new ArrayList<>();
        requireTime("from", from, wrong);
        requireTime("to", to, wrong);
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
        if (!from.isBefore(to)) {
            throw Problem.unprocessable("window-invalid", "from lies before to");
        }
    }

    private static void requireTime(String field, Instant time, List<Problem.FieldError> wrong) {
        if (time == null || time.isBefore(FIRST) || !time.isBefore(END)) {
            wrong.add(new Problem.FieldError(field, "must be a time in the years 1 to 9999"));
        }
    }
}
