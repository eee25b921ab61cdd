package io.centurions.backoffice.parked;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.audit.HoldingAudit;
import io.centurions.platform.outbox.Relay;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Sets a parked event free or gives it up, once: of two who try, one finds it settled. */
@ApplicationScoped
class SettleEvent {

    private static final String WHAT = "parked event";

    private final ParkedEventRepository events;
    private final AuditLog audit;
    private final DiscardNobodys nobodys;
    private final Reach reach;
    private final Relay relay;

    SettleEvent(ParkedEventRepository events, AuditLog audit, DiscardNobodys nobodys, Reach reach, Relay relay) {
        this.events = events;
        this.audit = audit;
        this.nobodys = nobodys;
        this.reach = reach;
        this.relay = relay;
    }

    /** In the transaction of the event's company, which must have one. */
    Settling reprocess(Tx tx, ParkedEventView event) {
        Settling settling = Settling.of(events.reprocess(tx, event, reach.actor()));
        if (settling == Settling.REPROCESSED) {
            var after = Map.of("service", event.service(), "stream", event.stream(), "state", settling.code());
            audit.write(tx, "parked-event.reprocess", event.id(), before(event), after);
            // Where the event is our own; the relays of other services look by themselves.
            tx.afterCommit(relay::wake);
        }
        return settling;
    }

    /** In the transaction of the event's company, which must have one. */
    void discard(Tx tx, ParkedEventView event, String reason) {
        Settling settling = Settling.of(events.discard(tx, event, reach.actor(), reason));
        settling.orRefuse(Settling.DISCARDED, WHAT);
        audit.write(tx, "parked-event.discard", event.id(), before(event), Map.of("reason", reason));
    }

    /** Gives up an entry that names no company; false when the same request did before. */
    boolean discardNobodys(ParkedEventView event, String reason, String key) {
        var after = Map.of("service", event.service(), "stream", event.stream(), "reason", reason);
        String call = ParkedEventRepository.discarding(event.keeper(), HoldingAudit.FIRST_ARGUMENT);
        return nobodys.discard(WHAT, event.id(), after, call, key);
    }

    /** What no company owns can be given up only. */
    static RuntimeException namesNoCompany() {
        return Problem.conflict("not-reprocessable", "it names no company; it can only be discarded");
    }

    private static Map<String, Object> before(ParkedEventView event) {
        return Map.of("service", event.service(), "stream", event.stream(), "state", event.state());
    }
}
