package io.centurions.bench.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement as PostgreSQL's log shows it with {@code log_min_duration_statement = 0}. So the reference runs the very statement that
 * the service sends, whatever it is in this build.
 *
 * @param sql        with {@code $1}, {@code $2} …
 * @param parameters in order, null for NULL
 */
record Captured(String sql, List<String> parameters) {

    private static final Pattern ENTRY =
            Pattern.compile("^\\d{4}-\\d\\d-\\d\\d \\S+ \\S+ \\[(\\d+)] (\\w+):  (.*)$", Pattern.DOTALL);
    private static final Pattern EXECUTED =
            Pattern.compile("^duration: [\\d.]+ ms  execute [^:]*: (.*)$", Pattern.DOTALL);
    private static final Pattern PARAMETERS =
            Pattern.compile("^parameters: (.*)$", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    /** The first one that was executed with a parameter that holds the mark. */
    static Optional<Captured> find(List<String> log, String mark) {
        String executed = null;
        for (String entry : entries(log)) {
            Matcher head = ENTRY.matcher(entry);
            if (!head.matches()) {
                continue;
            }
            Matcher statement = EXECUTED.matcher(head.group(3));
            Matcher detail = PARAMETERS.matcher(head.group(3));
            if (statement.matches()) {
                executed = statement.group(1);
            } else if (executed != null && head.group(2).equals("DETAIL") && detail.matches()) {
                if (detail.group(1).contains(mark)) {
                    return Optional.of(new Captured(executed, values(detail.group(1))));
                }
                executed = null;
            }
        }
        return Optional.empty();
    }

    // A line that begins with a tab goes on with the entry before it.
    private static List<String> entries(List<String> log) {
        List<String> entries = new ArrayList<>();
        for (String line : log) {
            if (line.startsWith("\t") && !entries.isEmpty()) {
                entries.add(entries.removeLast() + "\n" + line.substring(1));
            } else {
                entries.add(line);
            }
        }
        return entries;
    }

    private static List<String> values(String text) {
        List<String> values = new ArrayList<>();
        Matcher start = Pattern.compile("\\$\\d+ = (NULL|')").matcher(text);
        int at = 0;
        while (start.find(at)) {
            at = start.end();
            if (start.group(1).equals("NULL")) {
                values.add(null);
            } else {
                int end = end(text, at);
                values.add(text.substring(at, end).replace("''", "'"));
                at = end + 1;
            }
        }
        return values;
    }

    // The quote that closes; two in a row are one in the text.
    private static int end(String text, int from) {
        int at = from;
        while (text.charAt(at) != '\'' || (at + 1 < text.length() && text.charAt(at + 1) == '\'')) {
            at += text.charAt(at) == '\'' ? 2 : 1;
        }
        return at;
    }
}
