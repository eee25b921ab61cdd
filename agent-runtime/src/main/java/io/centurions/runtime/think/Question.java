package io.centurions.runtime.think;

import java.util.List;

/**
 * What is put to the model.
 *
 * @param lines   the conversation so far, oldest first
 * @param known   what earlier turns found about the criteria, as lines to read
 * @param occasion what makes the Centurion speak
 */
public record Question(CenturionConfig config, List<Line> lines, List<String> known, Occasion occasion) {

    public Question {
        lines = List.copyOf(lines);
        known = List.copyOf(known);
    }

    /** Why the Centurion is asked now. */
    public sealed interface Occasion {

        /**
         * The lead wrote.
         *
         * @param late   true when a courtesy line had to be sent meanwhile
         * @param unsaid what was about to be said when the lead wrote again, and was not
         */
        record Burst(boolean late, List<String> unsaid) implements Occasion {

            public Burst {
                unsaid = List.copyOf(unsaid);
            }

            public Burst(boolean late) {
                this(late, List.of());
            }
        }

        /** The lead filled in a web form and has not written yet. @param form what it told, one field a line */
        record Form(String form) implements Occasion {}
    }

    long newest() {
        return lines.stream().mapToLong(Line::seq).max().orElse(0);
    }
}
