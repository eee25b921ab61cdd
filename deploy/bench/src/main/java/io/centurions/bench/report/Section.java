package io.centurions.bench.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * One benchmark's results.
 *
 * @param name  as it is asked for
 * @param what  what was measured, in a sentence or two
 * @param notes how it was done this time, and whatever weakens the figures
 */
public record Section(String name, String what, List<Line> lines, List<String> notes) {

    public Section {
        lines = List.copyOf(lines);
        notes = List.copyOf(notes);
    }

    /** With one more note, the last. */
    public Section noting(String note) {
        return new Section(
                name,
                what,
                lines,
                Stream.concat(notes.stream(), Stream.of(note)).toList());
    }
}
