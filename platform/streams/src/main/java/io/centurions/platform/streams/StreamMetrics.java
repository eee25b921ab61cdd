package io.centurions.platform.streams;

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

    /** An event was put off, for whatever reason. */
    void retried(String type) {
        registry.counter("stream_retries_total", "stream", type).increment();
    }

    /** An event was set aside for an operator. */
    void parked(String type) {
        registry.counter("stream_parked_total", "stream", type).increment();
    }

    /** An event could not even be set aside; it stays in its stream. */
    void parkingFailed(String type) {
        registry.counter("stream_parking_failed_total", "stream", type).increment();
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

    private static double age(Instant oldest) {
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, Instant.now()).toMillis() / 1000.0);
    }
}
