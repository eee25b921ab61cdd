package io.centurions.local.process;

import io.centurions.local.place.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The line of a log that most likely says why its process ended. */
public final class LastWords {

    private static final int TAIL_BYTES = 64 * 1024;
    private static final int SHOWN_CHARS = 240;
    private static final Pattern TELLING =
            Pattern.compile("FATAL|PANIC|\"level\":\"(ERROR|FATAL)\"|Exception|Error:|rror: ");
    // Of our services; of the balancer; of the sandbox; of Redis; of PostgreSQL.
    private static final Pattern ASKED = Pattern.compile(
            "\"message\":\"[\\w-]+ stopped in |^balancer: all connections are closed$|^sandbox: nothing is simulated any more$"
                    + "|Received SIG(TERM|INT)|received (smart|fast|immediate) shutdown request");
    private static final Pattern JSON_MESSAGE = Pattern.compile("\"message\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private LastWords() {}

    /** The last line that tells of a failure, else the very last one. */
    public static String of(Path log) {
        List<String> lines = tail(log, 0);
        return telling(lines)
                .or(() -> lines.stream().reduce((first, second) -> second))
                .map(LastWords::brief)
                .orElse("it said nothing");
    }

    /**
     * The last line that tells of a failure; empty when there is none, as after a kill.
     *
     * @param from how long the log was a few moments before the end: what is older is not about it
     */
    static Optional<String> ofFailure(Path log, long from) {
        return telling(tail(log, from)).map(LastWords::brief);
    }

    /**
     * Whether it says that it was asked to end, as by a signal from outside: then it has not died.
     *
     * @param from how long the log was when the process began: what is older is of an earlier life
     */
    static boolean wasAsked(Path log, long from) {
        return tail(log, from).stream().anyMatch(line -> ASKED.matcher(line).find());
    }

    static long size(Path log) {
        return log.toFile().length();
    }

    private static Optional<String> telling(List<String> lines) {
        return lines.stream().filter(line -> TELLING.matcher(line).find()).reduce((first, second) -> second);
    }

    private static String brief(String line) {
        Matcher message = JSON_MESSAGE.matcher(line);
        String text = message.find() ? message.group(1).replace("\\n", " ").replace("\\\"", "\"") : line;
        return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…";
    }

    private static List<String> tail(Path log, long from) {
        try (var channel = Files.newByteChannel(log)) {
            channel.position(Math.max(Math.min(from, channel.size()), channel.size() - TAIL_BYTES));
            byte[] bytes = java.nio.channels.Channels.newInputStream(channel).readAllBytes();
            return Stream.of(new String(bytes, StandardCharsets.UTF_8).split("\n"))
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            return List.of("its log cannot be read: " + Reason.of(e));
        }
    }
}
