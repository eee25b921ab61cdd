package io.centurions.runtime.think;

import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How thinking about a burst ended. */
public sealed interface Thinking {

    /** The answers that were given on the way, whatever they were worth: each is to be paid for. */
    List<Usage> paid();

    /**
     * With a decision.
     *
     * @param criteria what the burst told about each criterion, by key
     * @param usage    of the answer that decided
     */
    record Decided(Outcome outcome, Map<String, Finding> criteria, Usage usage, List<Usage> paid) implements Thinking {
        public Decided {
            criteria = Map.copyOf(criteria);
            paid = List.copyOf(paid);
        }

        /** At the first answer. */
        public Decided(Outcome outcome, Map<String, Finding> criteria, Usage usage) {
            this(outcome, criteria, usage, List.of(usage));
        }
    }

    /**
     * Without one; worth another try later.
     *
     * @param reason a code, never a model's words
     * @param after  how long the model is to be left alone at least; zero when nobody says
     */
    record Stuck(String reason, String model, Duration after, List<Usage> paid) implements Thinking {
        public Stuck {
            paid = List.copyOf(paid);
        }

        /** With nothing to wait for and nothing to pay. */
        public Stuck(String reason, String model) {
            this(reason, model, Duration.ZERO, List.of());
        }
    }

    /**
     * What the model found about one criterion.
     *
     * @param answer  in a few words; null when not answered
     * @param met     null when it cannot be told yet
     * @param message number of the lead's message that says so; null when none
     */
    record Finding(String answer, Boolean met, Long message) {}

    /**
     * What a model call took, as the model told it; nothing where it told nothing.
     *
     * @param model   as the price list names it
     * @param seconds of sound, for models that tell these instead of tokens
     */
    record Usage(String model, int inputTokens, int outputTokens, int seconds) {

        /** Of a model that reads and writes. */
        public Usage(String model, int inputTokens, int outputTokens) {
            this(model, inputTokens, outputTokens, 0);
        }

        /** @param told null when the model told nothing */
        public static Usage of(String model, TokenUsage told) {
            return told == null
                    ? new Usage(model, 0, 0)
                    : new Usage(model, orZero(told.inputTokenCount()), orZero(told.outputTokenCount()));
        }

        private static int orZero(Integer tokens) {
            return tokens == null ? 0 : tokens;
        }
    }
}
