package io.centurions.platform.webhooks;

import io.centurions.platform.problem.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Makes a window of kept webhooks again what it should have become: projections alone. Whoever restores works under a role that can write no
 * outbox, so no turn, reply, deal, contract or conversion comes of it; repeated, it changes nothing.
 */
@ApplicationScoped
public class RebuildWindow {

    // Bodies may be large, and a page of them is in memory at once.
    private static final int PAGE = 8;

    private final WebhookInbox inbox;

    RebuildWindow(WebhookInbox inbox) {
        this.inbox = inbox;
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
     * @param kept       webhooks in the window
     * @param restored   things that were missing and are there again
     * @param unchanged  things that were there, or that a rebuild does not make
     * @param unreadable webhooks that could not be read, or not be restored
     */
    @RegisterForReflection
    public record Account(int kept, int restored, int unchanged, int unreadable) {

        private static final Account EMPTY = new Account(0, 0, 0, 0);

        private Account with(Restored more) {
            return new Account(
                    kept + 1,
                    restored + more.restored(),
                    unchanged + more.unchanged(),
                    unreadable + (more.readable() ? 0 : 1));
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

    /** @throws Problem 422 for a window that has no length */
    public Account rebuild(Ask ask, Function<KeptWebhook, Restored> restore) {
        if (ask == null || ask.from() == null || ask.to() == null || !ask.from().isBefore(ask.to())) {
            throw Problem.unprocessable("window-invalid", "from lies before to");
        }
        Account account = Account.EMPTY;
        UUID after = null;
        List<KeptWebhook> page;
        do {
            page = inbox.window(ask.from(), ask.to(), ask.instanceId(), after, PAGE);
            for (KeptWebhook kept : page) {
                account = account.with(restore.apply(kept));
                after = kept.id();
            }
        } while (page.size() == PAGE);
        return account;
    }
}
