package io.centurions.story.tell;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Plays steps one after another and shows each with its ids and the time since the start. A broken step ends its chapter;
 * chapters that need one that broke are skipped.
 */
public final class Teller {

    private final PrintStream out;
    private final boolean coloured;
    private final Instant start = Instant.now();
    private final List<Outcome> outcomes = new ArrayList<>();
    private String chapter = "";

    public Teller(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** Plays a chapter. Empty when a step of it broke. */
    public <T> Optional<T> chapter(String title, Supplier<T> play) {
        chapter = title;
        out.println(coloured ? "\u001b[1m" + title + "\u001b[0m" : title);
        int before = outcomes.size();
        try {
            return Optional.of(play.get());
        } catch (Broken e) {
            boolean told =
                    outcomes.size() > before && outcomes.getLast().broken().isPresent();
            if (!told) {
                outcomes.add(
                        new Outcome(chapter, "between the steps", Duration.ZERO, Optional.of(e.getMessage()), false));
                out.println("         " + red("✗") + " " + e.getMessage());
            }
            return Optional.empty();
        }
    }

    /** A chapter that cannot be played, because one that it needs broke. */
    public void skip(String title) {
        outcomes.add(new Outcome(title, "the whole chapter", Duration.ZERO, Optional.empty(), true));
        out.println(title + ": skipped");
    }

    /** Plays a step. */
    public <T> T step(String title, Function<Notes, T> act) {
        Instant began = Instant.now();
        Notes notes = new Notes();
        try {
            T result = act.apply(notes);
            outcomes.add(new Outcome(chapter, title, since(began), Optional.empty(), false));
            show(green("✓"), title, notes.shown(), began);
            return result;
        } catch (RuntimeException e) {
            String reason = e instanceof Broken ? e.getMessage() : e.toString();
            outcomes.add(new Outcome(chapter, title, since(began), Optional.of(reason), false));
            show(red("✗"), title, notes.shown(), began);
            out.println("           " + reason);
            throw e instanceof Broken broken ? broken : new Broken(reason, e);
        }
    }

    /** The last line, and the report for whoever counts. True when every step was kept. */
    public boolean end(Optional<Path> report) {
        long broken = outcomes.stream()
                .filter(outcome -> outcome.broken().isPresent())
                .count();
        long skipped = outcomes.stream().filter(Outcome::skipped).count();
        report.ifPresent(file -> new Report(outcomes, since(start)).write(file));
        String verdict = broken + skipped == 0 ? "the story holds" : "the story is broken";
        out.println(String.format(
                Locale.ROOT,
                "%s: %d steps passed, %d failed, %d skipped in %.1f s",
                verdict,
                outcomes.size() - broken - skipped,
                broken,
                skipped,
                since(start).toMillis() / 1000.0));
        return broken + skipped == 0 && !outcomes.isEmpty();
    }

    private void show(String mark, String title, String notes, Instant began) {
        out.println(String.format(
                        Locale.ROOT,
                        "%7.1f s %s %s  (%.1f s)  %s",
                        since(start).toMillis() / 1000.0,
                        mark,
                        title,
                        since(began).toMillis() / 1000.0,
                        notes)
                .stripTrailing());
    }

    private static Duration since(Instant then) {
        return Duration.between(then, Instant.now());
    }

    private String green(String text) {
        return coloured ? "\u001b[32m" + text + "\u001b[0m" : text;
    }

    private String red(String text) {
        return coloured ? "\u001b[31m" + text + "\u001b[0m" : text;
    }
}
