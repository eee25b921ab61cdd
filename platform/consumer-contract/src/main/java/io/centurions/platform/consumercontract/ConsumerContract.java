package io.centurions.platform.consumercontract;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.EventTypes;
import io.centurions.contracts.Groups;
import io.centurions.platform.consumercontract.Proofs.Proof;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.WorkConsumer;
import io.quarkus.redis.datasource.RedisDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * What each consumer of a service must survive. Every method brings events to the real stream, waits for their end and
 * asserts it; the consumer under test is the application's own, read by its own loop.
 */
public final class ConsumerContract {

    /** An event is given up when it has waited so long for something else. */
    public static final Duration LONGEST_WAIT = Duration.ofHours(24);

    /** A version that nobody knows is given up when its release has not come for so long. */
    public static final Duration LONGEST_WAIT_FOR_A_RELEASE = Duration.ofHours(1);

    private static final int REPLICAS = 6;
    private static final int REPEATS = 5;
    private static final Duration STILL_TO_WAIT = Duration.ofMillis(1_500);
    /** Who is woken looks much sooner. */
    private static final Duration A_LITTLE = Duration.ofMillis(500);

    private final String service;
    private final StreamUnderTest streams;
    private final Map<String, WorkConsumer<?>> consumers;

    /** @param consumers all that the service has */
    public ConsumerContract(String service, RedisDataSource redis, Collection<WorkConsumer<?>> consumers) {
        String suffix = ConfigProvider.getConfig().getValue("centurions.service", String.class);
        this.service = service;
        this.streams = new StreamUnderTest(redis, service, suffix);
        this.consumers = consumers.stream()
                .collect(Collectors.toMap(consumer -> EventTypes.typeOf(consumer.event()), consumer -> consumer));
    }

    /**
     * Every type that the registry gives this service is handled by a consumer and put to the proof by a case.
     *
     * @param cases  the types that have one
     * @param notYet types of the registry that this release has no consumer for here; the registry must say so too, or
     *               they would hold their streams for ever
     */
    public void coversEverything(Set<String> cases, Set<String> notYet) {
        Set<String> expected = new TreeSet<>(Groups.workOf(service));
        expected.removeAll(notYet);
        assertThat(Groups.awaitedOf(service)).as("left for later").isEqualTo(notYet);
        assertThat(consumers.keySet()).as("consumers of %s", service).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(cases).as("cases of %s", service).containsExactlyInAnyOrderElementsOf(expected);
        Proofs.expect(expected);
    }

    /** Told again, under its own id, an event has no second effect. */
    public void survivesRepeats(Case one) {
        happens(one);
        changesNothing(one, REPEATS);
        Proofs.stood(one.event().type(), Proof.REPEATED);
    }

    /** An older one of the same subject, that comes after the newer one, changes nothing. */
    public void survivesAnOlderOne(Case one) {
        GoldenEvent newer = one.event().numbered(9);
        happens(one.with(newer));

        changesNothing(one.with(newer.anew().numbered(3).occurred(Instant.now().minusSeconds(60))), REPEATS);
        Proofs.stood(newer.type(), Proof.REORDERED);
    }

    /** The same fact told by two events, as after a loss, is one effect too: it has a key of its own. */
    public void survivesTheSameFactInAnotherEvent(Case one) {
        happens(one);
        changesNothing(one.with(one.event().anew()), 1);
        Proofs.stood(one.event().type(), Proof.TOLD_BY_ANOTHER);
    }

    /** What looks the same in another event is another fact, with an effect of its own. */
    public void isAnotherFactInAnotherEvent(Case one) {
        happens(one);
        happens(new Case(one.event().anew(), one.effect(), 2 * one.once(), one.soon()));
        Proofs.stood(one.event().type(), Proof.TOLD_BY_ANOTHER);
    }

    /** Handled by several replicas at the same moment, for the first time, an event has one effect. */
    public void survivesSeveralReplicasAtOnce(Case one) throws InterruptedException {
        var start = new CyclicBarrier(REPLICAS);
        List<Callable<Outcome>> replicas = new ArrayList<>();
        for (int i = 0; i < REPLICAS; i++) {
            replicas.add(() -> {
                start.await();
                return one.event().handledBy(consumers.get(one.event().type()));
            });
        }

        List<Outcome> outcomes = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var outcome : threads.invokeAll(replicas)) {
                outcomes.add(outcome.get());
            }
        } catch (ExecutionException e) {
            throw new AssertionError(one.event().type() + " failed when several handled it at once", e.getCause());
        }

        assertThat(outcomes).containsOnly(Outcome.done());
        hasItsEffect(one);
    }

    /** Fields that a newer release added, in the envelope and in the payload, change nothing. */
    public void survivesUnknownFields(Case one) {
        happens(one.with(one.event().withUnknownFields()));
        Proofs.stood(one.event().type(), Proof.WITH_UNKNOWN_FIELDS);
    }

    /**
     * A value that a newer release added ends defined: done, with or without its effect, and a repeat adds nothing. For types
     * that have values, see {@link GoldenEvent#hasValues}.
     */
    public void survivesUnknownValues(Case one) {
        GoldenEvent newer = one.event().withUnknownValues();
        settles(newer);
        if (one.soon()) {
            hasItsEffect(one);
        }
        assertThat(one.effect().get().size()).isLessThanOrEqualTo(one.once());
        changesNothing(one.with(newer), 1);
        Proofs.stood(newer.type(), Proof.WITH_UNKNOWN_VALUES);
    }

    /**
     * Brought in another order than they happened, events leave what they leave in order; brought once more, as when a lost
     * Redis is fed again, they change nothing.
     *
     * @param inOrder  events as they happened, and the rows of their effect
     * @param reversed the like of another company, turned round here; its rows must look the same
     */
    public void endsAlike(Story inOrder, Story reversed) {
        List<GoldenEvent> backwards = reversed.events().reversed();
        bring(inOrder.events(), true);
        bring(backwards, false);

        assertThat(reversed.effect().get())
                .as("in the wrong order")
                .isEqualTo(inOrder.effect().get());
        bring(backwards, false);
        assertThat(reversed.effect().get())
                .as("once more")
                .isEqualTo(inOrder.effect().get());
        for (GoldenEvent event : backwards) {
            assertThat(streams.parked(event.id())).isEmpty();
            Proofs.stood(event.type(), Proof.REORDERED);
        }
    }

    private void bring(List<GoldenEvent> events, boolean oneByOne) {
        Map<String, GoldenEvent> open = new LinkedHashMap<>();
        for (GoldenEvent event : events) {
            String entry = streams.bring(event);
            open.put(entry, event);
            if (oneByOne) {
                streams.awaitSettled(event, entry);
            }
        }
        open.forEach((entry, event) -> streams.awaitSettled(event, entry));
    }

    /** What must come first is waited for, without an effect; when it comes, the event has its own. */
    public void waitsFor(Case one, Runnable whatMustComeFirst) {
        try (var complaints = Complaints.about(Set.of(one.event().id()))) {
            var before = one.effect().get();
            String entry = streams.bring(one.event());
            streams.awaitPending(one.event(), entry);
            assertThat(one.effect().get()).as("while it waits").isEqualTo(before);

            whatMustComeFirst.run();

            streams.awaitSettled(one.event(), entry);
            assertThat(complaints.heard()).isEmpty();
        }
        assertThat(streams.parked(one.event().id())).isEmpty();
        assertThat(one.effect().get()).as("effect of %s", one.event().type()).hasSize(one.once());
    }

    /** What never comes is waited for until the event is a day old; then a person is asked. */
    public void waitsForADay(Collection<GoldenEvent> events) {
        parkedByItsAge(events, LONGEST_WAIT, "waited too long");
    }

    /** Of what nobody arranged there is nothing to do: the event is done and has no effect. */
    public void isDoneWithNothing(GoldenEvent event) {
        settles(event);
    }

    /** A version that nobody knows yet is neither handled nor lost: it waits an hour for its release. */
    public void waitsForItsRelease(Collection<Case> cases) {
        Map<Case, List<Map<String, Object>>> before = new LinkedHashMap<>();
        cases.forEach(one -> before.put(one, one.effect().get()));
        parkedByItsAge(
                cases.stream().map(one -> one.event().inANewerVersion()).toList(),
                LONGEST_WAIT_FOR_A_RELEASE,
                "unknown version");
        before.forEach((one, rows) -> {
            String type = one.event().type();
            assertThat(one.effect().get())
                    .as("effect of a %s that nobody understands", type)
                    .isEqualTo(rows);
            Proofs.stood(type, Proof.OF_A_NEWER_VERSION);
        });
    }

    private void parkedByItsAge(Collection<GoldenEvent> events, Duration oldest, String reason) {
        Map<String, GoldenEvent> byEntry = new LinkedHashMap<>();
        // All but that old: it waits at first, and its time is up while we look.
        Instant almost = Instant.now().minus(oldest).plus(STILL_TO_WAIT);
        try (var complaints =
                Complaints.about(events.stream().map(GoldenEvent::id).collect(Collectors.toCollection(HashSet::new)))) {
            for (GoldenEvent event : events) {
                GoldenEvent old = event.occurred(almost);
                byEntry.put(streams.bring(old), old);
            }
            byEntry.forEach((entry, event) -> streams.awaitSettled(event, entry));
            assertThat(complaints.heard()).isEmpty();
        }
        byEntry.values().forEach(event -> {
            assertThat(streams.parked(event.id()))
                    .as(event.type())
                    .singleElement()
                    .asString()
                    .startsWith(reason);
            // It was waited for as long as is promised, and not a moment less.
            assertThat(streams.parkedAt(event.id())).isAfterOrEqualTo(almost.plus(oldest));
        });
    }

    private void happens(Case one) {
        var before = one.effect().get();
        settles(one.event());
        hasItsEffect(one);
        assertThat(one.effect().get())
                .as("rows that %s found", one.event().type())
                .isNotEqualTo(before);
    }

    private void changesNothing(Case one, int times) {
        var before = one.effect().get();
        settles(Collections.nCopies(times, one.event()).toArray(GoldenEvent[]::new));
        if (one.soon()) {
            StreamUnderTest.patiently()
                    .during(A_LITTLE)
                    .until(() -> one.effect().get(), before::equals);
        }
        assertThat(one.effect().get())
                .as("rows that %s found", one.event().type())
                .isEqualTo(before);
    }

    /** Brought at once, they all end as done, without one failed attempt. */
    private void settles(GoldenEvent... events) {
        var ids = Stream.of(events).map(GoldenEvent::id).collect(Collectors.toSet());
        try (var complaints = Complaints.about(ids)) {
            var entries = Stream.of(events).map(streams::bring).toList();
            entries.forEach(entry -> streams.awaitSettled(events[0], entry));
            assertThat(complaints.heard()).isEmpty();
        }
        ids.forEach(id -> assertThat(streams.parked(id)).isEmpty());
    }

    private static void hasItsEffect(Case one) {
        if (one.soon()) {
            StreamUnderTest.patiently().until(() -> one.effect().get().size() >= one.once());
        }
        assertThat(one.effect().get()).as("effect of %s", one.event().type()).hasSize(one.once());
    }
}
