package io.centurions.platform.consumercontract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.awaitility.core.ConditionFactory;
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
    private static final Duration STILL_TO_WAIT = Duration.ofMillis(1_500);

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

    /** Told again, with its own id and with another one, an event has no second effect. */
    public void survivesRepeats(Case one) {
        var again = one.event().anew();
        try (var complaints = Complaints.about(Set.of(one.event().id(), again.id()))) {
            happens(one);
            var after = one.effect().get();

            List<String> entries = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                entries.add(streams.bring(one.event()));
            }
            entries.forEach(entry -> isSettled(one.event(), entry));

            assertThat(one.effect().get()).as("after repeats").isEqualTo(after);
            assertThat(complaints.heard()).isEmpty();
        }
        assertThat(streams.parked(one.event().id())).isEmpty();
        Proofs.stood(one.event().type(), Proof.REPEATED);
    }

    /** An older one of the same subject, that comes after the newer one, changes nothing. */
    public void survivesAnOlderOne(Case one) {
        GoldenEvent newer = one.event().numbered(9);
        survivesRepeats(one.with(newer));
        var after = one.effect().get();

        survivesRepeats(one.with(newer.anew().numbered(3).occurred(Instant.now().minusSeconds(60))));

        assertThat(one.effect().get()).as("after an older one").isEqualTo(after);
        Proofs.stood(newer.type(), Proof.REORDERED);
    }

    /** The same fact told by two events, as after a loss, is one effect too: it has a key of its own. */
    public void survivesTheSameFactInAnotherEvent(Case one) {
        happens(one);
        var after = one.effect().get();

        GoldenEvent again = one.event().anew();
        isSettled(again, streams.bring(again));

        assertThat(one.effect().get())
                .as("after the same fact in another event")
                .isEqualTo(after);
        assertThat(streams.parked(again.id())).isEmpty();
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
        assertThat(one.effect().get()).as("effect of %s", one.event().type()).hasSize(one.once());
    }

    /** Fields that a newer release added, in the envelope and in the payload, change nothing. */
    public void survivesUnknownFields(Case one) {
        happens(one.with(one.event().withUnknownFields()));
        Proofs.stood(one.event().type(), Proof.WITH_UNKNOWN_FIELDS);
    }

    /** A value that a newer release added ends defined: done, with or without its effect, and a repeat adds nothing. */
    public void survivesUnknownValues(Case one) {
        GoldenEvent newer = one.event().withUnknownValues();
        try (var complaints = Complaints.about(Set.of(newer.id()))) {
            isSettled(newer, streams.bring(newer));
            var after = one.effect().get();
            isSettled(newer, streams.bring(newer));

            assertThat(one.effect().get()).isEqualTo(after);
            assertThat(after.size()).isLessThanOrEqualTo(one.once());
            assertThat(complaints.heard()).isEmpty();
        }
        assertThat(streams.parked(newer.id())).isEmpty();
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
                isSettled(event, entry);
            }
        }
        open.forEach((entry, event) -> isSettled(event, entry));
    }

    /** What must come first is waited for, without an effect; when it comes, the event has its own. */
    public void waitsFor(Case one, Runnable whatMustComeFirst) {
        try (var complaints = Complaints.about(Set.of(one.event().id()))) {
            var before = one.effect().get();
            String entry = streams.bring(one.event());
            waits(one.event(), entry);
            assertThat(one.effect().get()).as("while it waits").isEqualTo(before);

            whatMustComeFirst.run();

            isSettled(one.event(), entry);
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
        try (var complaints = Complaints.about(Set.of(event.id()))) {
            isSettled(event, streams.bring(event));
            assertThat(complaints.heard()).isEmpty();
        }
        assertThat(streams.parked(event.id())).isEmpty();
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
            byEntry.forEach((entry, event) -> isSettled(event, entry));
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
        try (var complaints = Complaints.about(Set.of(one.event().id()))) {
            isSettled(one.event(), streams.bring(one.event()));
            assertThat(complaints.heard()).isEmpty();
        }
        assertThat(streams.parked(one.event().id())).isEmpty();
        assertThat(one.effect().get()).as("effect of %s", one.event().type()).hasSize(one.once());
    }

    private void isSettled(GoldenEvent event, String entry) {
        patiently().alias(event.type() + " " + entry + " is settled").until(() -> streams.settled(event.type(), entry));
    }

    private void waits(GoldenEvent event, String entry) {
        patiently()
                .alias(event.type() + " " + entry + " waits")
                .during(Duration.ofMillis(500))
                .until(() -> streams.pending(event.type(), entry));
    }

    private static ConditionFactory patiently() {
        return await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(30));
    }
}
