package io.centurions.platform.testkit.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where a scene is to be cut: before and after each step that it was seen to take, at its first time; at the steps that matter
 * each time. A step that asks over and over until there is something (a claim, a read) is cut after the answers that had something:
 * to lose an empty one is nothing.
 */
public final class Plan {

    /** Of a step that comes by more often, the first ones and the last. */
    private static final int TIMES_MOST = 3;

    private final List<String> servers;
    private final List<String> named = new ArrayList<>();
    private final List<String> important = new ArrayList<>();
    private final List<String> nowAndThen = new ArrayList<>();
    // By server and step, of the undisturbed scene in which it came by least.
    private final Map<String, Map<String, Times>> learnt = new HashMap<>();

    private Plan(List<String> servers) {
        this.servers = servers;
        servers.forEach(server -> Cuts.at(server).never());
    }

    /** @param servers the proxies at which to cut */
    public static Plan at(String... servers) {
        return new Plan(List.of(servers));
    }

    /** @param parts of steps, each of which the scene must have; these are cut each time that they come by */
    public Plan eachTime(String... parts) {
        important.addAll(List.of(parts));
        return once(parts);
    }

    /** @param parts of steps, each of which the scene must have, in batches: how often they come by differs from scene to scene */
    public Plan once(String... parts) {
        named.addAll(List.of(parts));
        return this;
    }

    /** @param parts of steps that do not belong to the scene: a round of the application's own that comes by when it is due */
    public Plan nowAndThen(String... parts) {
        nowAndThen.addAll(List.of(parts));
        return this;
    }

    /** @param found how many of them were answered with something */
    private record Times(int begun, int found) {

        boolean poll() {
            return found > 0 && found < begun;
        }

        Times least(Times other) {
            return new Times(Math.min(begun, other.begun), Math.min(found, other.found));
        }
    }

    /**
     * One cut.
     *
     * @param nth     which time that the step comes by, from the scene's begin
     * @param found   whether only the times count that are answered with something
     * @param counted whether the step matters which time it is
     */
    record Cut(String server, String step, Moment moment, int nth, boolean found, boolean counted) {

        void order(Cuts cuts) {
            if (found) {
                cuts.nthFound(nth, step);
            } else {
                cuts.nth(nth, step, moment);
            }
        }

        @Override
        public String toString() {
            return moment + " " + server + ": " + step + " #" + nth;
        }
    }

    void forget() {
        servers.forEach(server -> Cuts.at(server).forget());
    }

    /** Takes down what came by since {@link #forget}. */
    void learn() {
        for (String server : servers) {
            Map<String, Integer> found = Cuts.at(server).found();
            Map<String, Times> now = new TreeMap<>();
            Cuts.at(server)
                    .begun()
                    .forEach((step, begun) -> now.put(step, new Times(begun, found.getOrDefault(step, 0))));
            Map<String, Times> before = learnt.putIfAbsent(server, now);
            if (before != null) {
                before.keySet().retainAll(now.keySet());
                before.replaceAll((step, times) -> times.least(now.get(step)));
            }
        }
    }

    List<Cut> cuts() {
        // The counted ones first: they wait for each other, the rest need not.
        return servers.stream()
                .flatMap(server -> learnt.get(server).entrySet().stream()
                        .filter(step -> nowAndThen.stream().noneMatch(step.getKey()::contains))
                        .flatMap(step -> cuts(server, step.getKey(), step.getValue())))
                .sorted(Comparator.comparing(cut -> !cut.counted()))
                .toList();
    }

    private Stream<Cut> cuts(String server, String step, Times times) {
        boolean counted = important.stream().anyMatch(step::contains);
        int before = counted && !times.poll() ? times.begun() : 1;
        int after = !counted ? 1 : times.poll() ? times.found() : times.begun();
        return Stream.concat(
                which(before).mapToObj(nth -> new Cut(server, step, Moment.BEFORE, nth, false, counted)),
                which(after).mapToObj(nth -> new Cut(server, step, Moment.AFTER, nth, times.poll(), counted)));
    }

    private static IntStream which(int times) {
        return IntStream.rangeClosed(1, times).filter(nth -> nth < TIMES_MOST || nth == times);
    }

    /** Every step that a test names was among the steps of the scene, and is cut at both moments. */
    void isAllIn(List<Cut> cuts) {
        for (String part : named) {
            assertThat(cuts.stream().filter(cut -> cut.step().contains(part)).map(Cut::moment))
                    .as("cuts at %s", part)
                    .contains(Moment.values());
        }
    }
}
