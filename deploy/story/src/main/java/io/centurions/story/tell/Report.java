package io.centurions.story.tell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The steps in the shape of a JUnit report, so that they are counted with the tests. */
final class Report {

    private final List<Outcome> outcomes;
    private final Duration took;

    Report(List<Outcome> outcomes, Duration took) {
        this.outcomes = List.copyOf(outcomes);
        this.took = took;
    }

    void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, xml());
        } catch (IOException e) {
            throw new Broken("cannot write the report " + file, e);
        }
    }

    String xml() {
        long failures = outcomes.stream()
                .filter(outcome -> outcome.broken().isPresent())
                .count();
        long skipped = outcomes.stream().filter(Outcome::skipped).count();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append(String.format(
                Locale.ROOT,
                "<testsuite name=\"story\" time=\"%.3f\" tests=\"%d\" errors=\"0\" skipped=\"%d\" failures=\"%d\">%n",
                seconds(took),
                outcomes.size(),
                skipped,
                failures));
        for (Outcome outcome : outcomes) {
            xml.append(String.format(
                    Locale.ROOT,
                    "  <testcase classname=\"%s\" name=\"%s\" time=\"%.3f\"",
                    escaped(outcome.chapter()),
                    escaped(outcome.title()),
                    seconds(outcome.took())));
            if (outcome.broken().isPresent()) {
                xml.append("><failure message=\"")
                        .append(escaped(outcome.broken().get()))
                        .append("\"/></testcase>\n");
            } else {
                xml.append(outcome.skipped() ? "><skipped/></testcase>\n" : "/>\n");
            }
        }
        return xml.append("</testsuite>\n").toString();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\"", "&quot;")
                .replaceAll("[\\p{Cntrl}]", " ");
    }
}
