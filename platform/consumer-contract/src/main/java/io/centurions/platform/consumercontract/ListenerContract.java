package io.centurions.platform.consumercontract;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.Event;
import io.centurions.contracts.EventTypes;
import io.centurions.contracts.Groups;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.streams.BroadcastListener;
import io.centurions.platform.streams.Received;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * What each listener of a service must survive. Nothing is kept for a listener and nothing tried again, so it is told
 * directly: whatever it hears, also about rows that are not there, it throws nothing.
 */
public final class ListenerContract {

    private final String service;
    private final Collection<BroadcastListener<?>> listeners;

    /** @param listeners all that the service has */
    public ListenerContract(String service, Collection<BroadcastListener<?>> listeners) {
        this.service = service;
        this.listeners = listeners;
    }

    /** Every listener is in the registry, and hears its golden event twice, late, with unknown fields and values. */
    public void survivesGoldenEvents(CompanyId company) {
        assertThat(Groups.broadcastTo(service))
                .containsAll(listeners.stream()
                        .map(listener -> EventTypes.typeOf(listener.event()))
                        .toList());
        for (BroadcastListener<?> listener : listeners) {
            GoldenEvent golden = GoldenEvent.of(EventTypes.typeOf(listener.event()), company);
            List.of(
                            golden,
                            golden,
                            golden.anew().occurred(Instant.now().minusSeconds(86_400)),
                            golden.anew().withUnknownFields(),
                            golden.anew().withUnknownValues())
                    .forEach(event -> tell(listener, event));
        }
    }

    private static <E extends Event> void tell(BroadcastListener<E> listener, GoldenEvent event) {
        listener.heard(new Received<>(event.envelope(), event.as(listener.event())));
    }
}
