package io.centurions.chaos.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What went wrong in a run, and which doubt about a call to a lead it excuses.
 *
 * @param disturbances what may have cut a call off
 * @param late         providers that, for a time, did what they were asked after the caller had given up; of {@code disturbances}
 */
public record Blame(CallTimes times, List<Disturbance> disturbances, List<Disturbance> late) {

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
        return disturbances.stream()
                .filter(one -> one.concerns(conversation.chat().channel(), begin, end))
                .map(Disturbance::words)
                .distinct()
                .toList();
    }

    /** Whether it came after its caller had given up because the provider held the call that long. */
    boolean wasHeld(Held.Bubble bubble, Outside.Arrived one) {
        Instant begin = one.at().minus(HELD_MOST);
        Instant end = one.at().isBefore(deadline(bubble)) ? one.at() : deadline(bubble);
        return one.at().isAfter(bubble.called().plus(times.timeout()))
                && !begin.isAfter(end)
                && late.stream().anyMatch(any -> any.concerns(one.chat().channel(), begin, end));
    }

    /** Until when a call that was allowed may reach its provider; later the bubble is a successor's. */
    Instant deadline(Held.Bubble bubble) {
        return bubble.until() == null
                ? bubble.called().plus(times.timeout()).plus(times.lease())
                : bubble.until().plus(times.margin());
    }
}
