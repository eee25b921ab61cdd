package io.centurions.platform.webhooks;

import io.centurions.platform.problem.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Function;

/**
 * Has a parked webhook handled again, as if it came now: effects are wanted, and what was stored of it before is recognised by its keys.
 * How it is read and stored is the service's own, given as a function.
 */
@ApplicationScoped
public class ReprocessWebhook {

    private final WebhookInbox inbox;

    ReprocessWebhook(WebhookInbox inbox) {
        this.inbox = inbox;
    }

    /** @param by who wants it, by the issuer's id */
    @RegisterForReflection
    public record Ask(String by) {}

    /** How it ended. */
    @RegisterForReflection
    public record Done(UUID id, String state) {}

    /** What the service made of it. */
    public enum Handled {
        APPLIED,

        /** It still cannot be read: whoever fixed the reader has not fixed this. */
        UNREADABLE,

        /** Read, and something in it can never be stored, or belongs to nobody whom we know. */
        UNSTORABLE
    }

    /**
     * Handles it, and settles it when that went well. Of several who try at once one hears 200.
     *
     * @throws Problem 404 for one that is not kept, 409 for one that is settled, 422 for one that is parked for good reason
     */
    public Done reprocess(UUID id, Ask ask, Function<KeptWebhook, Handled> handle) {
        KeptWebhook kept = inbox.read(id).orElseThrow(() -> Problem.notFound("webhook"));
        if (!kept.parked()) {
            throw settledBefore();
        }
        switch (handle.apply(kept)) {
            case APPLIED -> {
                if (!inbox.settle(id, "reprocessed", ask == null ? null : ask.by())) {
                    throw settledBefore();
                }
            }
            case UNREADABLE ->
                throw Problem.unprocessable("webhook-unreadable", "the webhook cannot be read by this version either");
            case UNSTORABLE ->
                throw Problem.unprocessable("webhook-unstorable", "what the webhook says can still not be stored");
        }
        return new Done(id, "reprocessed");
    }

    private static Problem settledBefore() {
        return Problem.conflict("already-settled", "the webhook is not parked any more");
    }
}
