package io.centurions.chaos.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What went wrong in a run, and which doubt about a call to a lead it excuses.
 *
 * @param disturbances what may have cut a call off
 * @param late         providers that, for a time, did what they were asked after the caller had given up; of {@code disturbances}
 * @param stalls       when the simulated providers did nothing at all
 */
public record Blame(CallTimes times, List<Disturbance> disturbances, List<Disturbance> late, Stalls stalls) {

    /** The longest a provider of a run holds a call and does it after all, on a machine that is busy. */
    private static final Duration HELD_MOST = Duration.ofSeconds(12);

    /** Why nobody may know whether the bubble arrived; empty where nothing excuses that. */
    List<String> causes(Held.Conversation conversation, Held.Bubble bubble) {
        if (bubble.called() == null) {
            return List.of();
        }
        // Known is when the first call was allowed; what a successor does comes after its wait.
        Instant begin = bubble.called().minusSeconds(1);
        Instant end = bubble.called()
                .plus(times.timeout())
                .plus(times.untilSuccessor().multipliedBy(Math.max(0, bubble.attempts() - 1L)));
        Stream<String> disturbed = disturbances.stream()
                .filter(one -> one.concerns(conversation.chat().channel(), begin, end))
                .map(Disturbance::words);
        return Stream.concat(disturbed, stoodStill(begin, end)).distinct().toList();
    }

    // Less than half of its time leaves a call enough for its answer.
    private Stream<String> stoodStill(Instant begin, Instant end) {
        Duration worst = stalls.worst(begin, end, times.timeout());
        return worst.multipliedBy(2).compareTo(times.timeout()) < 0
                ? Stream.empty()
                : Stream.of(String.format(
                        Locale.ROOT,
                        "the simulated providers did nothing for %.1f s of %d s",
                        worst.toMillis() / 1000.0,
                        times.timeout().toSeconds()));
    }

    /** Whether it came after its caller had given up because the provider held the call that long. */
    boolean wasHeld(Held.Bubble bubble, Outside.Arrived one) {
        Instant begin = one.at().minus(HELD_MOST);
        Instant end = one.at().isBefore(deadline(bubble)) ? one.at() : deadline(bubble);
        return one.at().isAfter(bubble.called().plus(times.timeout()))
                && !begin.isAfter(end)
                && (late.stream().anyMatch(any -> any.concerns(one.chat().channel(), begin, end))
                        || stoodStill(begin, end).findAny().isPresent());
    }

    /** Until when a call that was allowed may reach its provider; later the bubble is a successor's. */
    Instant deadline(Held.Bubble bubble) {
        return bubble.until() == null
                ? bubble.called().plus(times.timeout()).plus(times.lease())
                : bubble.until().plus(times.margin());
    }
}
