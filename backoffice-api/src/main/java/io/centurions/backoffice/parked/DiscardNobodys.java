package io.centurions.backoffice.parked;

import io.centurions.backoffice.audit.HoldingAudit;
import io.centurions.backoffice.audit.HoldingAudit.Ended;
import io.centurions.backoffice.idempotency.Keyed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Gives up a parked event or webhook that names no company: in one statement with its trace, once for each key. */
@ApplicationScoped
class DiscardNobodys {

    private final HoldingAudit audit;
    private final Reach reach;

    DiscardNobodys(HoldingAudit audit, Reach reach) {
        this.audit = audit;
        this.reach = reach;
    }

    /**
     * @param what  parked event or parked webhook
     * @param after what is kept of it, the reason among it
     * @param call  that discards it
     * @return false when the same request did before
     */
    boolean discard(String what, UUID id, Map<String, String> after, String call, String key) {
        String reason = after.get("reason");
        var keyed = new Keyed(what.replace(' ', '-') + ".discard", key, List.of(id, reason));
        return switch (audit.once(
                HoldingAudit.Act.of(keyed, id, after), call, "discarded", List.of(id, reach.actor(), reason))) {
            case Ended.Repeated before -> false;
            case Ended.Answered(String outcome) -> {
                Settling.of(outcome).orRefuse(Settling.DISCARDED, what);
                yield true;
            }
        };
    }
}
