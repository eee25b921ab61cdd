package io.centurions.platform.streams;

import io.centurions.contracts.Streams;
import java.time.Instant;
import java.util.Map;

/**
 * One stream entry as Redis returned it.
 *
 * @param key    of its stream
 * @param id     milliseconds and a sequence
 * @param fields what was written
 */
record Entry(String key, String id, Map<String, String> fields) {

    String handle() {
        return key + "@" + id;
    }

    String type() {
        return Streams.typeOf(key);
    }

    /** When it entered the stream, by the clock of Redis. */
    Instant enteredAt() {
        return EntryIds.enteredAt(id);
    }

    /** False when an operator had it sent again to another group. */
    boolean isFor(String group) {
        String only = fields.get(Streams.ONLY);
        return only == null || only.equals(group);
    }
}
