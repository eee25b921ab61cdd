package io.centurions.backoffice.form;

import java.util.HashMap;
import java.util.Map;

/** Counts senders of one minute in memory. So many at most: whoever comes after them is not counted. */
final class CountAlone {

    private static final int SENDERS_MAX = 50_000;

    private final Map<String, Integer> senders = new HashMap<>();
    private long minute;

    /** How often this sender came in this minute, this time included; 0 for one who is not counted. */
    synchronized int count(String sender, long now) {
        if (now > minute) {
            senders.clear();
            minute = now;
        }
        if (senders.size() >= SENDERS_MAX && !senders.containsKey(sender)) {
            return 0;
        }
        return senders.merge(sender, 1, Integer::sum);
    }
}
