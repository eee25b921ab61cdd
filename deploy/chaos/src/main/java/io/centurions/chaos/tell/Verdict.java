package io.centurions.chaos.tell;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.centurions.chaos.judge.Row;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The rows of a run: for people as a table, for machines as JSON and as a JUnit report with a case for each promise. */
public record Verdict(List<Row> rows) {

    private static final int SHOWN = 40;
    /** As many unknown bubbles are listed whole. */
    private static final int UNKNOWN_SHOWN = 60;

    private static final String UNKNOWN_FILE = "unknowns.txt";

    public boolean holds() {
        return rows.stream().allMatch(Row::holds);
    }

    public void print(PrintStream out) {
        int width = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        out.println();
        for (Row row : rows) {
            String sign = row.mustBeZero() ? row.holds() ? "ok" : "BROKEN" : "";
            out.println(String.format(Locale.ROOT, "  %-" + width + "s %8d  %s", row.name(), row.count(), sign)
                    .stripTrailing());
            if (!row.holds() || isUnknown(row)) {
                details(out, row);
            }
        }
    }

    private static void details(PrintStream out, Row row) {
        int all = row.details().size();
        int shown = isUnknown(row) && all <= UNKNOWN_SHOWN ? all : Math.min(all, SHOWN);
        row.details().stream().limit(shown).forEach(line -> out.println("      " + line));
        if (all > shown) {
            out.println("      and " + (all - shown) + " more"
                    + (isUnknown(row) ? ": all of them are in " + UNKNOWN_FILE + " beside chaos.json" : ""));
        }
    }

    /** The report, and beside it every unknown bubble on a line of its own. */
    public void write(Path file, Map<String, Object> run) {
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        save(file, () -> json.writeValueAsString(Map.of("holds", holds(), "run", run, "rows", rows)));
        save(file.resolveSibling(UNKNOWN_FILE), this::unknown);
    }

    public void writeForJunit(Path file, double seconds) {
        save(file, () -> junit(seconds));
    }

    String junit(double seconds) {
        List<Row> promises = rows.stream().filter(this::isPromise).toList();
        long broken = promises.stream().filter(row -> !row.holds()).count();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append(String.format(
                Locale.ROOT,
                "<testsuite name=\"chaos\" time=\"%.3f\" tests=\"%d\" errors=\"0\" skipped=\"0\" failures=\"%d\">%n",
                seconds,
                promises.size(),
                broken));
        for (Row row : promises) {
            xml.append("  <testcase classname=\"chaos\" name=\"")
                    .append(escaped(row.name()))
                    .append('"');
            if (row.holds()) {
                xml.append("/>\n");
            } else {
                xml.append("><failure message=\"")
                        .append(escaped(String.join("; ", row.details())))
                        .append("\"/></testcase>\n");
            }
        }
        return xml.append("</testsuite>\n").toString();
    }

    private String unknown() {
        return rows.stream()
                .filter(Verdict::isUnknown)
                .flatMap(row -> row.details().stream())
                .distinct()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static boolean isUnknown(Row row) {
        return row.name().startsWith("bubbles unknown");
    }

    private boolean isPromise(Row row) {
        return row.mustBeZero() || isUnknown(row);
    }

    private interface Content {
        String make() throws IOException;
    }

    private static void save(Path file, Content content) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, content.make());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\"", "&quot;")
                .replaceAll("[\\p{Cntrl}]", " ");
    }
}
