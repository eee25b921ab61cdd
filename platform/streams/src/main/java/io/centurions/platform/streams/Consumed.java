package io.centurions.platform.streams;

import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Remembers, in the transaction of the effect, which events have had theirs. */
@ApplicationScoped
public class Consumed {

    private final String claim;
    private final String find;

    Consumed(@ConfigProperty(name = "centurions.service") String suffix) {
        this.claim = """
                INSERT INTO core.consumed_events_%s (company_id, event_id, consumer)
                VALUES ($1, $2, $3)
                ON CONFLICT (company_id, event_id, consumer) DO NOTHING
                """.formatted(suffix);
        this.find = "SELECT FROM core.consumed_events_%s WHERE company_id = $1 AND event_id = $2 AND consumer = $3"
                .formatted(suffix);
    }

    /**
     * Claims the event for this service. A concurrent claim of the same event waits for the other's commit.
     *
     * @return false when the effect was committed before: do nothing and be done
     */
    public boolean first(Tx tx, Received<?> received) {
        return tx.execute(
                        claim,
                        tx.company().value(),
                        received.envelope().id().value(),
                        received.envelope().type())
                == 1;
    }

    /**
     * Whether the event's effect is committed, without claiming it: for who may still put the event off or park it, and may
     * leave no mark then. It does not wait for a concurrent claim, so the effect itself still needs {@link #first}.
     */
    public boolean before(Tx tx, Received<?> received) {
        return tx.first(
                        find,
                        tx.company().value(),
                        received.envelope().id().value(),
                        received.envelope().type())
                .isPresent();
    }
}
