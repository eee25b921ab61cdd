package io.centurions.platform.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What an operator and an autoscaler see of this service's groups, by stream. */
@ApplicationScoped
class StreamMetrics {

    private final MeterRegistry registry;
    private final Map<String, Seen> byType = new ConcurrentHashMap<>();

    StreamMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Seen(long lag, Instant oldest) {}

    /** Shows that nothing has happened yet: what is not there from the start has no rate when it first happens. */
    void begin(String type) {
        retries(type);
        parkings(type);
        failedParkings(type);
    }

    /** An event was put off, for whatever reason. */
    void retried(String type) {
        retries(type).increment();
    }

    /** An event was set aside for an operator. */
    void parked(String type) {
        parkings(type).increment();
    }

    /** An event could not even be set aside; it stays in its stream. */
    void parkingFailed(String type) {
        failedParkings(type).increment();
    }

    /** What the group has not finished; {@code oldest} is null when that is nothing. */
    void seen(String type, long lag, Instant oldest) {
        if (byType.put(type, new Seen(lag, oldest)) == null) {
            Tags stream = Tags.of("stream", type);
            registry.gauge("stream_lag", stream, byType, all -> all.get(type).lag());
            registry.gauge(
                    "stream_oldest_seconds",
                    stream,
                    byType,
                    all -> age(all.get(type).oldest()));
        }
    }

    private Counter retries(String type) {
        return registry.counter("stream_retries_total", "stream", type);
    }

    private Counter parkings(String type) {
        return registry.counter("stream_parked_total", "stream", type);
    }

    private Counter failedParkings(String type) {
        return registry.counter("stream_parking_failed_total", "stream", type);
    }

    private static double age(Instant oldest) {
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, Instant.now()).toMillis() / 1000.0);
    }
}
