package io.centurions.backoffice.parked;

import com.fasterxml.jackson.core.type.TypeReference;
import io.centurions.backoffice.idempotency.Done;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Deed;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Sets a selection of parked events free: the events of a company in one transaction, companies apart from each other,
 * so that what fails for one leaves the others done. Each event ends for itself.
 */
@ApplicationScoped
class SettleSelection {

    private static final Logger LOG = Logger.getLogger(SettleSelection.class);

    private static final TypeReference<Map<UUID, Settling>> ENDED = new TypeReference<>() {};

    private final CompanyDoor door;
    private final ParkedEventRepository events;
    private final SettleEvent settle;
    private final Once once;

    SettleSelection(CompanyDoor door, ParkedEventRepository events, SettleEvent settle, Once once) {
        this.door = door;
        this.events = events;
        this.settle = settle;
        this.once = once;
    }

    /**
     * What became of each; not fresh when it was done as the request came first, and is only told now.
     *
     * @param within the company whose events may be touched; null: of any
     */
    Done<Selection.Outcomes> reprocess(UUID within, Selection selection, String key) {
        List<UUID> ids = selection.distinct();
        List<ParkedEventView> found = events.find(within, List.of(Keeper.values()), ids);
        Map<UUID, Settling> ended = new HashMap<>();
        found.stream()
                .filter(event -> event.companyId() == null)
                .forEach(event -> ended.put(event.id(), Settling.NOT_REPROCESSABLE));
        boolean replayed = false;
        var byCompany = found.stream()
                .filter(event -> event.companyId() != null)
                .collect(Collectors.groupingBy(ParkedEventView::companyId));
        for (var company : byCompany.entrySet()) {
            var done = ofCompany(company.getKey(), company.getValue(), selection, key);
            ended.putAll(done.thing());
            replayed |= !done.fresh();
        }
        var items = ids.stream()
                .map(id -> new Selection.Item(id, ended.getOrDefault(id, Settling.NOT_FOUND)))
                .toList();
        return new Done<>(new Selection.Outcomes(items), !replayed);
    }

    private Done<Map<UUID, Settling>> ofCompany(
            UUID company, List<ParkedEventView> events, Selection selection, String key) {
        // In one order for everybody, so that two selections wait for each other instead of locking each other out.
        List<ParkedEventView> ordered = new ArrayList<>(events);
        ordered.sort(Comparator.comparing(ParkedEventView::service).thenComparing(ParkedEventView::id));
        try {
            return door.enter(company, Deed.ENDS, tx -> inOne(tx, ordered, selection, key));
        } catch (DatabaseUnavailable e) {
            LOG.warnf("%d parked events were not set free, the caller may repeat: %s", events.size(), e.toString());
            return new Done<>(
                    events.stream().collect(Collectors.toMap(ParkedEventView::id, event -> Settling.UNAVAILABLE)),
                    true);
        }
    }

    private Done<Map<UUID, Settling>> inOne(Tx tx, List<ParkedEventView> events, Selection selection, String key) {
        var keyed = new Keyed("parked-events.reprocess", key, selection);
        var first = once.answered(tx, keyed, ENDED, () -> settled(tx, events));
        Map<UUID, Settling> ended = new HashMap<>();
        for (ParkedEventView event : events) {
            // What was not there when the request came first is told as it is.
            Settling told = first.thing().get(event.id());
            ended.put(event.id(), told == null ? asItIs(tx, event) : told);
        }
        return new Done<>(ended, first.fresh());
    }

    private Map<UUID, Settling> settled(Tx tx, List<ParkedEventView> events) {
        Map<UUID, Settling> ended = new HashMap<>();
        events.forEach(event -> ended.put(event.id(), settle.reprocess(tx, event)));
        return ended;
    }

    private Settling asItIs(Tx tx, ParkedEventView event) {
        return this.events
                .find(tx, event.keeper(), event.id())
                .map(now -> switch (now.state()) {
                    case "parked" -> Settling.NOT_REPROCESSABLE;
                    default -> Settling.ALREADY_SETTLED;
                })
                .orElse(Settling.NOT_FOUND);
    }
}
