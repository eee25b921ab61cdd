package io.centurions.evolution.delivery;

import io.centurions.evolution.delivery.DeliveryRepository.Gateway;
import io.centurions.evolution.evolution.EvolutionStore;
import io.centurions.evolution.evolution.ServerInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Looks in the server's store for a bubble whose call was cut off: our own message, to any address of the lead, with these words,
 * under an id that means no other message yet. Of several the oldest, as bubbles are looked for in their order.
 */
@ApplicationScoped
class FindSent {

    private final EvolutionStore store;
    private final DeliveryRepository deliveries;
    private final Clock clock = Clock.systemUTC();

    FindSent(EvolutionStore store, DeliveryRepository deliveries) {
        this.store = store;
        this.deliveries = deliveries;
    }

    /** Empty says nothing about what was not sent; where the server keeps no messages it is always empty. */
    Optional<String> find(Delivery delivery, Gateway gateway, String text, Instant calledAt) {
        if (!gateway.keepsMessages() || text == null) {
            return Optional.empty();
        }
        var at = new ServerInstance(delivery.company(), gateway.serverName());
        // Read before the store, so that an id that is bound meanwhile is at worst found and then not taken.
        Set<String> bound = deliveries.boundIds(delivery);
        return store.findOwn(at, deliveries.addresses(delivery), text, calledAt, clock.instant()).stream()
                .filter(id -> !bound.contains(id))
                .findFirst();
    }
}
