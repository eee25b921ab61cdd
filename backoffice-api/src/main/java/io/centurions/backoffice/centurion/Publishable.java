package io.centurions.backoffice.centurion;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What a draft still lacks before the runtime may obey it. */
final class Publishable {

    private Publishable() {}

    /** One sentence per fault; empty: it may be published. */
    static List<String> faults(CenturionConfig config) {
        List<String> faults = new ArrayList<>();
        if (config.prompt().isBlank()) {
            faults.add("prompt is empty");
        }
        if (config.criteria().isEmpty()) {
            faults.add("there is no criterion, nobody could be qualified");
        } else if (config.criteria().stream()
                        .mapToInt(CenturionConfig.Criterion::weight)
                        .sum()
                == 0) {
            faults.add("no criterion has a weight");
        }
        var keys = new HashSet<String>();
        for (var criterion : config.criteria()) {
            if (!keys.add(criterion.key())) {
                faults.add("criterion " + criterion.key() + " is there twice");
            }
        }
        if (config.debounce().longestMs() < config.debounce().quietMs()) {
            faults.add("debounce.longestMs is shorter than quietMs");
        }
        if (config.pace().longestMs() < config.pace().shortestMs()) {
            faults.add("pace.longestMs is shorter than shortestMs");
        }
        return faults;
    }
}
