package io.centurions.platform.consumercontract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.contracts.Groups;
import io.centurions.contracts.company.CompanyLifecycleChanged;
import io.centurions.contracts.company.SettingsChanged;
import io.centurions.contracts.consent.ConsentChanged;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.streams.BroadcastListener;
import io.centurions.platform.streams.Received;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ListenerContractTest {

    private static final Set<String> NOT_YET = Set.of(CompanyLifecycleChanged.TYPE, ConsentChanged.TYPE);

    private final GoldenEvent golden = GoldenEvent.of(SettingsChanged.TYPE, CompanyId.random());
    private final Map<String, Object> dropped = new TreeMap<>();
    private final Case one = new Case(golden, () -> dropped.isEmpty() ? List.of() : List.of(Map.copyOf(dropped)), 1);

    private record Listener(Consumer<SettingsChanged> does) implements BroadcastListener<SettingsChanged> {

        @Override
        public Class<SettingsChanged> event() {
            return SettingsChanged.class;
        }

        @Override
        public void heard(Received<SettingsChanged> received) {
            does.accept(received.event());
        }
    }

    @Test
    void a_listener_that_does_its_work_stands() {
        assertThatCode(() -> told(List.of(this::drop), List.of(one), NOT_YET)).doesNotThrowAnyException();
    }

    @Test
    void a_listener_that_is_missing_fails() {
        assertThatThrownBy(() -> told(List.of(), List.of(), NOT_YET)).hasMessageContaining("listeners of");
    }

    @Test
    void a_listener_without_a_case_fails() {
        assertThatThrownBy(() -> told(List.of(this::drop), List.of(), NOT_YET)).hasMessageContaining("cases of");
    }

    @Test
    void a_listener_of_what_nobody_is_said_to_hear_fails() {
        var all = Set.of(CompanyLifecycleChanged.TYPE, ConsentChanged.TYPE, SettingsChanged.TYPE);

        assertThatThrownBy(() -> told(List.of(this::drop), List.of(), all)).hasMessageContaining("listeners of");
    }

    @Test
    void a_listener_that_does_nothing_fails() {
        assertThatThrownBy(() -> told(List.of(heard -> {}), List.of(one), NOT_YET))
                .hasMessageContaining("effect of");
    }

    @Test
    void a_listener_that_does_it_again_each_time_fails() {
        assertThatThrownBy(() -> told(List.of(this::count), List.of(one), NOT_YET))
                .hasMessageContaining("told again");
    }

    @Test
    void a_listener_that_knows_no_newer_value_fails() {
        assertThatThrownBy(() -> told(List.of(this::dropIfKnown), List.of(one), NOT_YET))
                .hasMessageContaining("never heard of it");
    }

    private void drop(SettingsChanged heard) {
        dropped.put("setting", heard.id());
    }

    private void count(SettingsChanged heard) {
        dropped.merge("times", 1, (before, more) -> (Integer) before + (Integer) more);
    }

    private void dropIfKnown(SettingsChanged heard) {
        if (heard.kind() == SettingsChanged.Kind.OTHER) {
            throw new IllegalStateException("never heard of it");
        }
        drop(heard);
    }

    private static void told(List<Consumer<SettingsChanged>> does, List<Case> cases, Set<String> notYet) {
        List<BroadcastListener<?>> listeners =
                does.stream().<BroadcastListener<?>>map(Listener::new).toList();
        new ListenerContract(Groups.AUTENTIQUE_SERVICE, listeners).survivesGoldenEvents(cases, notYet);
    }
}
