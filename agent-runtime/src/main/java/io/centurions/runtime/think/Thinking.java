package io.centurions.runtime.think;

import java.util.Map;

/** How thinking about a burst ended. */
public sealed interface Thinking {

    /**
     * With a decision.
     *
     * @param criteria what the burst told about each criterion, by key
     */
    record Decided(Outcome outcome, Map<String, Finding> criteria, Usage usage) implements Thinking {
        public Decided {
            criteria = Map.copyOf(criteria);
        }
    }

    /** Without one; worth another try later. @param reason a code, never a model's words */
    record Stuck(String reason, String model) implements Thinking {}

    /**
     * What the model found about one criterion.
     *
     * @param answer  in a few words; null when not answered
     * @param met     null when it cannot be told yet
     * @param message number of the lead's message that says so; null when none
     */
    record Finding(String answer, Boolean met, Long message) {}

    /** What a model call took. */
    record Usage(String model, int inputTokens, int outputTokens) {}
}
