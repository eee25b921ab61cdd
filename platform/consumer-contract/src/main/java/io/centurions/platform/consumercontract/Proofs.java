package io.centurions.platform.consumercontract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which proofs an event was put to and stood, over all tests of a class: each test has a {@link ConsumerContract} of its own, and
 * one that nobody wrote fails nowhere.
 */
public final class Proofs {

    private static final Map<String, Set<Proof>> STOOD = new ConcurrentHashMap<>();
    private static final Set<String> EXPECTED = ConcurrentHashMap.newKeySet();

    private Proofs() {}

    enum Proof {
        REPEATED,
        TOLD_BY_ANOTHER,
        REORDERED,
        WITH_UNKNOWN_FIELDS,
        WITH_UNKNOWN_VALUES,
        OF_A_NEWER_VERSION
    }

    static void stood(String type, Proof proof) {
        STOOD.computeIfAbsent(type, any -> EnumSet.noneOf(Proof.class)).add(proof);
    }

    static void expect(Set<String> types) {
        EXPECTED.addAll(types);
    }

    /**
     * Fails when an event was not put to a proof; for the end of a service's IT. Asks for nothing where
     * {@link ConsumerContract#coversEverything} did not run, as when a person runs one test alone.
     */
    public static void areComplete() {
        for (String type : EXPECTED) {
            assertThat(STOOD.getOrDefault(type, Set.of()))
                    .as("proofs that %s stood", type)
                    .containsAll(expectedOf(type));
        }
    }

    private static Set<Proof> expectedOf(String type) {
        return GoldenEvent.hasValues(type)
                ? EnumSet.allOf(Proof.class)
                : EnumSet.complementOf(EnumSet.of(Proof.WITH_UNKNOWN_VALUES));
    }
}
