package io.centurions.platform.webhooks;

import io.centurions.platform.problem.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

/**
 * Has a parked webhook handled again, as if it came now: effects are wanted, and what was stored of it before
 * is recognised by its keys. How it is read and stored is the service's own, given as a function. It settles
 * the webhook in the transaction of the effect, so that whoever is refused has changed nothing, and of two
 * who try at once, or of one who tries while another discards, one has an effect.
 */
@ApplicationScoped
public class ReprocessWebhook {

    /** Until what just comes in is handled; the operator's call lasts longer. */
    private static final Duration FOR_ROOM = Duration.ofSeconds(5);

    private final WebhookInbox inbox;
    private final LargeBodies room;

    ReprocessWebhook(WebhookInbox inbox, LargeBodies room) {
        this.inbox = inbox;
        this.room = room;
    }

    /** @param by who wants it, by the issuer's id */
    @RegisterForReflection
    public record Ask(String by) {}

    /** How it ended. */
    @RegisterForReflection
    public record Done(UUID id, String state) {}

    /**
     * A parked webhook that somebody wants handled.
     *
     * @param by by the issuer's id, or null
     */
    public record Wanted(KeptWebhook kept, String by) {}

    /** What the service made of it. */
    public sealed interface Handled {

        /** Handled, and settled in the transaction of its effect. */
        Handled SETTLED = new Settled();

        /** Nothing was done: somebody else settled it meanwhile, or is just doing so. */
        Handled LATE = new Late();

        /** It still cannot be read: whoever fixed the reader has not fixed this. */
        Handled UNREADABLE = new Refused("webhook-unreadable", "the webhook cannot be read by this version either");

        /** Read, and something in it can never be stored, or belongs to nobody whom we know. */
        Handled UNSTORABLE = new Refused("webhook-unstorable", "what the webhook says can still not be stored");

        /** {@link #SETTLED}. */
        record Settled() implements Handled {}

        /** {@link #LATE}. */
        record Late() implements Handled {}

        /**
         * Nothing was done, and it is parked as before.
         *
         * @param detail in words what is in the way, without content
         */
        record Refused(String code, String detail) implements Handled {}
    }

    /**
     * Has it handled. Of several who try at once one hears 200.
     *
     * @throws Problem 404 for one that is not kept, 409 for one that is settled or just being, 422 for one that is parked for good reason,
     *     429 when others keep the room of a large one
     */
    public Done reprocess(UUID id, Ask ask, Function<Wanted, Handled> handle) {
        KeptSummary summary = inbox.find(id).orElseThrow(ReprocessWebhook::notKept);
        if (!summary.parked()) {
            throw settledBefore();
        }
        String by = ask == null ? null : ask.by();
        Handled handled = room.within(
                summary.bytes(),
                FOR_ROOM,
                () -> handle.apply(new Wanted(inbox.read(id).orElseThrow(ReprocessWebhook::notKept), by)));
        return switch (handled) {
            case Handled.Settled settled -> new Done(id, "reprocessed");
            case Handled.Late late -> throw settledBefore();
            case Handled.Refused(String code, String detail) -> throw Problem.unprocessable(code, detail);
        };
    }

    private static Problem notKept() {
        return Problem.notFound("webhook");
    }

    private static Problem settledBefore() {
        return Problem.conflict(
                "already-settled", "the webhook is not parked any more, or somebody is settling it right now");
    }
}
