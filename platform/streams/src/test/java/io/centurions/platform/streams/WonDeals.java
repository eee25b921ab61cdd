package io.centurions.platform.streams;

import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.id.DealId;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A consumer as a service would write it, whose effects a test can count. */
@ApplicationScoped
class WonDeals implements WorkConsumer<DealWon> {

    private final Database database;
    private final Consumed consumed;
    private final Map<DealId, Integer> calls = new ConcurrentHashMap<>();
    private final Map<DealId, Integer> effects = new ConcurrentHashMap<>();
    private final Map<DealId, Integer> postponed = new ConcurrentHashMap<>();
    private final Map<DealId, Received<DealWon>> last = new ConcurrentHashMap<>();
    private final Set<DealId> refused = ConcurrentHashMap.newKeySet();
    private final Set<DealId> failing = ConcurrentHashMap.newKeySet();

    WonDeals(Database database, Consumed consumed) {
        this.database = database;
        this.consumed = consumed;
    }

    @Override
    public Class<DealWon> event() {
        return DealWon.class;
    }

    @Override
    public Outcome handle(Received<DealWon> received) {
        DealId deal = received.event().deal();
        calls.merge(deal, 1, Integer::sum);
        last.put(deal, received);
        if (failing.contains(deal)) {
            throw new IllegalStateException("what a lead wrote");
        }
        if (refused.contains(deal)) {
            return Outcome.parked("refused by the test");
        }
        if (postponed.merge(deal, -1, Integer::sum) >= 0) {
            return Outcome.later("told so by the test");
        }
        boolean first = database.asCompany(received.company(), tx -> consumed.first(tx, received));
        if (first) {
            effects.merge(deal, 1, Integer::sum);
        }
        return Outcome.done();
    }

    void postpone(DealId deal, int times) {
        postponed.put(deal, times);
    }

    void refuse(DealId deal) {
        refused.add(deal);
    }

    void failOn(DealId deal) {
        failing.add(deal);
    }

    void accept(DealId deal) {
        refused.remove(deal);
    }

    int callsOf(DealId deal) {
        return calls.getOrDefault(deal, 0);
    }

    int effectsOf(DealId deal) {
        return effects.getOrDefault(deal, 0);
    }

    Received<DealWon> last(DealId deal) {
        return last.get(deal);
    }
}
