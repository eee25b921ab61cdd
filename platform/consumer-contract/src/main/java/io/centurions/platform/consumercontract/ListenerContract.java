package io.centurions.platform.consumercontract;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.Event;
import io.centurions.contracts.EventTypes;
import io.centurions.contracts.Groups;
import io.centurions.platform.streams.BroadcastListener;
import io.centurions.platform.streams.Received;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What each listener of a service must do and survive. Nothing is kept for a listener and nothing tried again, so it is told
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

    /**
     * Every type that the registry lets this service hear has a listener and a case. Told its golden event, a listener does what
     * the case says; told again, late, with unknown fields and with unknown values, it does nothing more.
     *
     * @param cases  one for each type that is listened to
     * @param notYet types of the registry that nothing here listens to in this release
     */
    public void survivesGoldenEvents(Collection<Case> cases, Set<String> notYet) {
        var expected = new TreeSet<>(Groups.broadcastTo(service));
        assertThat(expected).as("what %s may hear", service).containsAll(notYet);
        expected.removeAll(notYet);
        assertThat(listeners.stream().map(ListenerContract::type).collect(Collectors.toSet()))
                .as("listeners of %s", service)
                .isEqualTo(expected);
        assertThat(cases.stream().map(one -> one.event().type()).toList())
                .as("cases of %s", service)
                .containsExactlyInAnyOrderElementsOf(expected);
        cases.forEach(this::hears);
    }

    private void hears(Case one) {
        var before = one.effect().get();
        tell(one.event());
        var after = one.effect().get();
        assertThat(after)
                .as("effect of %s", one.event().type())
                .hasSize(one.once())
                .isNotEqualTo(before);

        List.of(
                        one.event(),
                        one.event().anew().occurred(Instant.now().minusSeconds(86_400)),
                        one.event().anew().withUnknownFields())
                .forEach(this::tell);
        if (GoldenEvent.hasValues(one.event().type())) {
            tell(one.event().anew().withUnknownValues());
        }
        assertThat(one.effect().get())
                .as("effect of %s told again", one.event().type())
                .isEqualTo(after);
    }

    private void tell(GoldenEvent event) {
        listeners.stream()
                .filter(listener -> type(listener).equals(event.type()))
                .forEach(listener -> tell(listener, event));
    }

    private static <E extends Event> void tell(BroadcastListener<E> listener, GoldenEvent event) {
        listener.heard(new Received<>(event.envelope(), event.as(listener.event())));
    }

    private static String type(BroadcastListener<?> listener) {
        return EventTypes.typeOf(listener.event());
    }
}
