package io.centurions.local.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.local.place.Chosen;
import io.centurions.local.place.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules by which ports are counted are several; nobody may meet a neighbour on theirs. */
class FleetPortsTest {

    private static final Ports PORTS = new Ports(Ports.DEFAULT_BASE);

    @ParameterizedTest
    @MethodSource("replicas")
    void no_two_of_a_fleet_listen_on_the_same_port(int replicas) {
        assertThat(all(replicas)).doesNotHaveDuplicates();
    }

    // Who looks for a free range tries so many.
    @ParameterizedTest
    @MethodSource("replicas")
    void all_lie_within_the_span_of_a_fleet(int replicas) {
        assertThat(all(replicas))
                .allSatisfy(port -> assertThat(port - PORTS.base()).isBetween(0, Ports.SPAN - 1));
    }

    static IntStream replicas() {
        return IntStream.rangeClosed(1, Ports.REPLICAS_MOST);
    }

    private static List<Integer> all(int replicas) {
        Chosen chosen = new Chosen(PORTS, false, replicas, Set.of());
        List<Integer> all = new ArrayList<>(List.of(PORTS.sandbox(), PORTS.postgres(), PORTS.redis()));
        Plan.replicas(chosen).forEach(replica -> all.addAll(List.of(replica.port(), replica.managementPort())));
        Stream.of(Service.values())
                .filter(service -> service.hasBalancer(chosen))
                .forEach(service -> all.add(service.frontPort(PORTS)));
        return all;
    }
}
