package io.centurions.runtime.qualify;

import io.centurions.contracts.id.MessageId;
import io.centurions.runtime.think.CenturionConfig;
import io.centurions.runtime.think.CenturionConfig.Criterion;
import io.centurions.runtime.think.Thinking.Finding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * How far a lead is qualified.
 *
 * @param evidence by criterion, in the order of the configuration
 * @param score    0 to 100: the share of the weights that are met
 */
public record Assessment(Map<String, Evidence> evidence, int score, boolean qualified) {

    /** New findings overrule old ones; what a turn did not touch stays. Criteria that are no longer asked do not count. */
    public static Assessment of(
            CenturionConfig config,
            Map<String, Evidence> before,
            Map<String, Finding> found,
            LongFunction<MessageId> messageOf) {
        Map<String, Evidence> evidence = new LinkedHashMap<>();
        for (Criterion criterion : config.criteria()) {
            Finding finding = found.get(criterion.key());
            Evidence known = before.get(criterion.key());
            if (finding != null) {
                evidence.put(criterion.key(), merge(known, finding, messageOf));
            } else if (known != null) {
                evidence.put(criterion.key(), known);
            }
        }
        int score = score(config, evidence);
        return new Assessment(evidence, score, score >= config.qualifyAt() && requiredAreMet(config, evidence));
    }

    // A model that repeats a finding without naming the message does not erase the evidence.
    private static Evidence merge(Evidence known, Finding finding, LongFunction<MessageId> messageOf) {
        MessageId message = finding.message() == null ? null : messageOf.apply(finding.message());
        return new Evidence(
                finding.answer() == null && known != null ? known.answer() : finding.answer(),
                finding.met() == null && known != null ? known.met() : finding.met(),
                message == null && known != null ? known.message() : message);
    }

    private static int score(CenturionConfig config, Map<String, Evidence> evidence) {
        long all = 0;
        long met = 0;
        for (Criterion criterion : config.criteria()) {
            all += criterion.weight();
            met += isMet(evidence.get(criterion.key())) ? criterion.weight() : 0;
        }
        return all == 0 ? 0 : (int) Math.round(100.0 * met / all);
    }

    // Without criteria nobody is ever qualified by silence.
    private static boolean requiredAreMet(CenturionConfig config, Map<String, Evidence> evidence) {
        return !config.criteria().isEmpty()
                && config.criteria().stream()
                        .filter(Criterion::required)
                        .allMatch(criterion -> isMet(evidence.get(criterion.key())));
    }

    private static boolean isMet(Evidence evidence) {
        return evidence != null && Boolean.TRUE.equals(evidence.met());
    }
}
