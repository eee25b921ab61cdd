package io.centurions.chaos.judge;

import java.time.Instant;
import java.util.Set;

/**
 * Something that went wrong for a time, as one line tells it.
 *
 * @param channels on which a call to a lead may have been cut off by it
 */
public record Disturbance(String words, Set<String> channels, Instant from, Instant until) {

    boolean concerns(String channel, Instant begin, Instant end) {
        return channels.contains(channel) && meets(begin, end);
    }

    boolean meets(Instant begin, Instant end) {
        return !from.isAfter(end) && !until.isBefore(begin);
    }
}
