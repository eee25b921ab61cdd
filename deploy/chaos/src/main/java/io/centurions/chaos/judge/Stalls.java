package io.centurions.chaos.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * When the simulated providers themselves did nothing, as they say. A call that meets a provider which stands still is given up through no
 * fault of the fleet's.
 */
public record Stalls(List<Stall> all) {

    /** One. */
    public record Stall(Instant from, Instant until) {

        private Duration within(Instant begin, Instant end) {
            Instant first = from.isAfter(begin) ? from : begin;
            Instant last = until.isBefore(end) ? until : end;
            return first.isBefore(last) ? Duration.between(first, last) : Duration.ZERO;
        }
    }

    public static Stalls none() {
        return new Stalls(List.of());
    }

    /** How long they stood still in those {@code window} between the two that were the worst. */
    Duration worst(Instant begin, Instant end, Duration window) {
        return all.stream()
                .filter(stall -> !stall.until().isBefore(begin) && !stall.from().isAfter(end))
                .map(stall -> stall.from().isBefore(begin) ? begin : stall.from())
                .map(from -> within(from, from.plus(window)))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private Duration within(Instant begin, Instant end) {
        return all.stream().map(stall -> stall.within(begin, end)).reduce(Duration.ZERO, Duration::plus);
    }

    public Duration longest() {
        return all.stream()
                .map(stall -> Duration.between(stall.from(), stall.until()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    public Duration altogether() {
        return all.stream()
                .map(stall -> Duration.between(stall.from(), stall.until()))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
