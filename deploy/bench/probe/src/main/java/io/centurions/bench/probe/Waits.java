package io.centurions.bench.probe;

import io.centurions.contracts.id.EventId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When each event was committed and when its consumer first started, by {@link System#nanoTime}. */
@ApplicationScoped
class Waits {

    private final Map<EventId, Long> committed = new ConcurrentHashMap<>();
    private final Map<EventId, Long> started = new ConcurrentHashMap<>();

    void committed(EventId event, long at) {
        committed.put(event, at);
    }

    void started(EventId event, long at) {
        started.putIfAbsent(event, at);
    }

    int startedSoFar() {
        return started.size();
    }

    /** Nanoseconds, or -1 when one of both is missing. */
    long of(EventId event) {
        Long from = committed.get(event);
        Long until = started.get(event);
        // The consumer may overtake the thread that learns of its own commit.
        return from == null || until == null ? -1 : Math.max(0, until - from);
    }
}
