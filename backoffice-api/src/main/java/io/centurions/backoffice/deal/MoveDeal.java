package io.centurions.backoffice.deal;

import io.centurions.contracts.Event;
import io.centurions.contracts.id.DealId;
import io.centurions.platform.streams.Consumed;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;

/** What every contract event does to its deal: once, and only when the deal is there. */
@ApplicationScoped
class MoveDeal {

    private final Database database;
    private final Consumed consumed;
    private final DealIndex index;
    private final DealRepository deals;

    MoveDeal(Database database, Consumed consumed, DealIndex index, DealRepository deals) {
        this.database = database;
        this.consumed = consumed;
        this.index = index;
        this.deals = deals;
    }

    /** The change itself, in the transaction that remembers the event. */
    interface Change {
        void apply(Tx tx, CompanySchema schema);
    }

    /**
     * Done, when this event has had its effect before, whatever became of the deal since; later, while the deal is not mirrored
     * yet. A deal that is mirrored and no longer there was deleted by hand, past all our roles: whether it comes back is a
     * person's decision, and the parked event is not marked, so that it has its effect then.
     */
    <E extends Event> Outcome once(Received<E> received, DealId deal, Change change) {
        return database.asCompany(received.company(), tx -> {
            if (consumed.before(tx, received)) {
                return Outcome.done();
            }
            var schema = CompanySchema.of(tx);
            if (schema.isEmpty() || index.find(tx, deal.value()).isEmpty()) {
                return Outcome.later("the deal is not there yet");
            }
            if (deals.lockedVersion(tx, schema.get(), deal.value()).isEmpty()) {
                return Outcome.parked("the deal is gone from its company's schema");
            }
            if (consumed.first(tx, received)) {
                change.apply(tx, schema.get());
            }
            return Outcome.done();
        });
    }
}
