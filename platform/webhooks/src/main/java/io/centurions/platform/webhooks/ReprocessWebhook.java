package io.centurions.platform.webhooks;

import io.centurions.contracts.id.CompanyId;
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
    public sealed interface Handled {

        /** Handled, and whose it is was known when it came, or is nobody's in particular. */
        Handled APPLIED = new Applied(null, null);

        /** It still cannot be read: whoever fixed the reader has not fixed this. */
        Handled UNREADABLE = new Refused("webhook-unreadable", "the webhook cannot be read by this version either");

        /** Read, and something in it can never be stored, or belongs to nobody whom we know. */
        Handled UNSTORABLE = new Refused("webhook-unstorable", "what the webhook says can still not be stored");

        /** Handled. Whose it turned out to be is noted, so that a rebuild finds it; null: not told. */
        record Applied(CompanyId company, UUID instance) implements Handled {}

        /**
         * Not settled, and parked as before; what could be handled of it was.
         *
         * @param detail in words what is in the way, without content
         */
        record Refused(String code, String detail) implements Handled {}
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
            case Handled.Applied whose -> {
                if (!inbox.reprocessed(id, ask == null ? null : ask.by(), whose)) {
                    throw settledBefore();
                }
            }
            case Handled.Refused(String code, String detail) -> throw Problem.unprocessable(code, detail);
        }
        return new Done(id, "reprocessed");
    }

    private static Problem settledBefore() {
        return Problem.conflict("already-settled", "the webhook is not parked any more");
    }
}
