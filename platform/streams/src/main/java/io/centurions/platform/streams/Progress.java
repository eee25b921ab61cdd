package io.centurions.platform.streams;

import io.centurions.contracts.Streams;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How far a group has come on its streams, as Redis said it in one step.
 *
 * @param life    the life of Redis in which this is true
 * @param streams one for each stream that has the group
 */
record Progress(UUID life, List<OnStream> streams) {

    /**
     * One stream.
     *
     * @param finished everything up to here is done or parked
     * @param pending  read and not finished
     * @param lag      not finished, read or not
     * @param oldest   when the first of them entered the stream, null when there is none
     * @param unread   when the first of those that nobody has read entered it, null when there is none
     */
    record OnStream(String type, String finished, long pending, long lag, Instant oldest, Instant unread) {

        private static final Duration UNREAD_MOST = Duration.ofMinutes(5);
        // The last try comes up to half a minute after the time for tries is over, and it and the parking take theirs.
        private static final Duration LAST_TRY = Duration.ofMinutes(1);

        static OnStream of(Response said) {
            long pending = said.get(1).toLong();
            String firstPending = said.get(2).toString();
            String lastDelivered = said.get(3).toString();
            long unread = said.get(4).toLong();
            String firstUnread = said.get(5).toString();
            String oldest = pending > 0 ? firstPending : firstUnread;
            return new OnStream(
                    Streams.typeOf(said.get(0).toString()),
                    pending > 0 ? EntryIds.before(firstPending) : lastDelivered,
                    pending,
                    pending + unread,
                    oldest.isEmpty() ? null : EntryIds.enteredAt(oldest),
                    firstUnread.isEmpty() ? null : EntryIds.enteredAt(firstUnread));
        }

        /**
         * Nobody comes to read, or an entry that was read is not finished, although one that fails would be parked
         * by now, which is told of in its own way.
         *
         * @param longestFailing how long an entry fails until the time for its last try has come
         */
        boolean isLate(Duration longestFailing, Instant now) {
            return isOlder(unread, UNREAD_MOST, now) || isOlder(oldest, longestFailing.plus(LAST_TRY), now);
        }

        private static boolean isOlder(Instant entered, Duration most, Instant now) {
            return entered != null && entered.isBefore(now.minus(most));
        }
    }

    /** Empty in a life that is over. */
    static Optional<Progress> of(Response answer) {
        if (answer == null || answer.size() == 0) {
            return Optional.empty();
        }
        List<OnStream> streams = new ArrayList<>();
        for (int index = 1; index < answer.size(); index++) {
            Response said = answer.get(index);
            streams.add(OnStream.of(said));
        }
        return Optional.of(new Progress(UUID.fromString(answer.get(0).toString()), streams));
    }

    /** For {@code core.mark_streams_v1}. */
    String marks(String group) {
        JsonArray marks = new JsonArray();
        for (OnStream stream : streams) {
            marks.add(new JsonObject()
                    .put("stream", stream.type())
                    .put("consumer_group", group)
                    .put("finished_id", stream.finished())
                    .put("pending", stream.pending())
                    .put("lag", stream.lag())
                    .put(
                            "oldest_at",
                            stream.oldest() == null ? null : stream.oldest().toString()));
        }
        return marks.encode();
    }
}
