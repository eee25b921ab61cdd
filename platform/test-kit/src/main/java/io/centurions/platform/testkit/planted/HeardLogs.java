package io.centurions.platform.testkit.planted;

import java.util.Arrays;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Everything that the process logs from now on, our own finest lines too, with every cause to its end. */
final class HeardLogs extends Handler {

    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OURS = Logger.getLogger("io.centurions");

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Level before = OURS.getLevel();

    HeardLogs() {
        setLevel(Level.ALL);
        OURS.setLevel(Level.FINE);
        ROOT.addHandler(this);
    }

    /** The lines in which one of these stands, without it. */
    Queue<String> with(Set<String> spellings) {
        Queue<String> found = new ConcurrentLinkedQueue<>();
        for (String line : lines) {
            if (Spellings.anyIn(line, spellings)) {
                String shown = line;
                for (String each : spellings) {
                    shown = shown.replace(each, "***");
                }
                found.add(shown);
            }
        }
        return found;
    }

    @Override
    public void publish(LogRecord line) {
        // The simulated providers live in this process too; what they note is theirs.
        if (String.valueOf(line.getLoggerName()).startsWith("sandbox")) {
            return;
        }
        StringBuilder text = new StringBuilder(line.getLoggerName() + ": " + line.getMessage());
        text.append(' ').append(Arrays.toString(line.getParameters()));
        for (Throwable cause = line.getThrown(); cause != null; cause = cause.getCause()) {
            text.append(' ').append(cause);
            for (Throwable suppressed : cause.getSuppressed()) {
                text.append(' ').append(suppressed);
            }
        }
        lines.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
        OURS.setLevel(before);
    }
}
