package io.centurions.platform.streams;

import java.time.Instant;
import java.util.Comparator;

/** Arithmetic on entry ids, {@code <milliseconds>-<sequence>}, both unsigned 64-bit numbers. */
final class EntryIds {

    static final String BEGINNING = "0-0";

    static final Comparator<String> ORDER = Comparator.<String>comparingLong(EntryIds::milliseconds)
            .thenComparing(EntryIds::sequence, Long::compareUnsigned);

    private EntryIds() {}

    static Instant enteredAt(String id) {
        return Instant.ofEpochMilli(milliseconds(id));
    }

    /** The greatest id that is smaller: what is finished when this one is the first that is not. */
    static String before(String id) {
        long milliseconds = milliseconds(id);
        long sequence = sequence(id);
        if (sequence != 0) {
            return milliseconds + "-" + Long.toUnsignedString(sequence - 1);
        }
        return milliseconds == 0 ? BEGINNING : (milliseconds - 1) + "-" + Long.toUnsignedString(-1);
    }

    private static long milliseconds(String id) {
        return Long.parseLong(id.substring(0, id.indexOf('-')));
    }

    private static long sequence(String id) {
        return Long.parseUnsignedLong(id.substring(id.indexOf('-') + 1));
    }
}
