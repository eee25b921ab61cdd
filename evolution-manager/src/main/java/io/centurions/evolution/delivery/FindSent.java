package io.centurions.evolution.delivery;

import io.centurions.evolution.delivery.DeliveryRepository.Gateway;
import io.centurions.evolution.delivery.UnknownRepository.SameWords;
import io.centurions.evolution.evolution.EvolutionStore;
import io.centurions.evolution.evolution.ServerInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * Looks in the server's store for a bubble whose call was cut off: our own message, to any address of the lead, with these
 * words, under an id that means no other message yet. Words repeat: where the same words were called for before or after and
 * nobody knows the id of that call either, what was written in the second of a call or later is of that call and not of an
 * earlier one, as for echoes. Of several the oldest.
 */
@ApplicationScoped
class FindSent {

    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofMinutes(2);

    private final EvolutionStore store;
    private final UnknownRepository unknown;
    private final Clock clock = Clock.systemUTC();

    FindSent(EvolutionStore store, UnknownRepository unknown) {
        this.store = store;
        this.unknown = unknown;
    }

    /**
     * Empty says nothing about what was not sent; where the server keeps no messages it is always empty.
     *
     * @param within how long the server is asked at most
     */
    Optional<String> find(Delivery delivery, Gateway gateway, String text, Instant calledAt, Duration within) {
        if (!gateway.keepsMessages() || text == null) {
            return Optional.empty();
        }
        var at = new ServerInstance(delivery.company(), gateway.serverName());
        // Read before the store, so that an id that is bound meanwhile is at worst found and then not taken.
        Set<String> bound = unknown.boundIds(delivery);
        SameWords others = unknown.sameWords(delivery, text, calledAt);
        // The server tells whole seconds.
        Instant since =
                others.before() == null ? calledAt.minus(CLOCKS_MAY_DIFFER) : calledAt.truncatedTo(ChronoUnit.SECONDS);
        Instant before = others.after() == null
                ? clock.instant().plus(CLOCKS_MAY_DIFFER)
                : others.after().truncatedTo(ChronoUnit.SECONDS);
        return store.findOwn(at, unknown.addresses(delivery), text, since, before, within).stream()
                .filter(id -> !bound.contains(id))
                .findFirst();
    }
}
