package io.centurions.evolution.evolution;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One webhook, read.
 *
 * @param instance the name the server gives; to be compared with the address, which alone decides
 * @param readings what it says, in the order of the webhook
 * @param passing  about the instance itself, or who is typing: old news in a second, and never to be kept as it came, because such a
 *                 report may carry the code that opens the phone, in whatever shape
 */
public record Notice(String instance, List<Reading> readings, boolean passing) {

    /** Why what is not understood is not, by its place among the readings, in their order. */
    public Map<Integer, String> notUnderstood() {
        Map<Integer, String> reasons = new TreeMap<>();
        for (int place = 0; place < readings.size(); place++) {
            if (readings.get(place) instanceof Reading.NotUnderstood(String reason)) {
                reasons.put(place, reason);
            }
        }
        return reasons;
    }
}
