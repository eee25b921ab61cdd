package io.centurions.runtime.deliver;

import io.centurions.contracts.channel.InstanceStatusChanged.State;
import io.centurions.contracts.id.InstanceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this replica told of an instance within the last minute. Its row says the same only when the back office has heard of it, and
 * until then every conversation that tries there would tell it again. Any thread may ask.
 */
final class ToldLately {

    private static final Duration LATELY = Duration.ofMinutes(1);

    private final Clock clock;
    // Holds no more than the instances that were told of within a minute.
    private final Map<InstanceId, Told> told = new ConcurrentHashMap<>();

    ToldLately(Clock clock) {
        this.clock = clock;
    }

    /** False when just this was told of it last, and lately; otherwise it counts as told from now on. */
    boolean add(InstanceId instance, State state) {
        Instant now = clock.instant();
        var news = new Told(state, now.plus(LATELY));
        told.values().removeIf(last -> !last.until().isAfter(now));
        return told.compute(instance, (id, last) -> last != null && last.state() == state ? last : news) == news;
    }

    /** It was not told after all. */
    void forget(InstanceId instance) {
        told.remove(instance);
    }

    private record Told(State state, Instant until) {}
}
