package io.centurions.local.show;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One line per thing done, with the seconds since the start in front; on a terminal also a last line that says what is being
 * waited for, redrawn every half second.
 */
public final class Progress implements AutoCloseable {

    private static final int USUAL_COLUMNS = 80;
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final Instant start = Instant.now();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Progress::daemon);
    private String pending = "";

    public Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        if (terminal) {
            clock.scheduleAtFixedRate(this::redraw, 500, 500, TimeUnit.MILLISECONDS);
        }
    }

    public synchronized void done(String what) {
        erase();
        out.println(elapsed() + "  " + what);
        draw();
    }

    /** What is being waited for now; empty for nothing. */
    public synchronized void waiting(String what) {
        erase();
        pending = what;
        draw();
    }

    public synchronized void plain(String line) {
        erase();
        out.println(line);
        draw();
    }

    @Override
    public synchronized void close() {
        erase();
        pending = "";
        clock.shutdownNow();
    }

    private synchronized void redraw() {
        erase();
        draw();
    }

    private void erase() {
        if (terminal && !pending.isEmpty()) {
            out.print(ERASE);
        }
    }

    private void draw() {
        if (terminal && !pending.isEmpty()) {
            out.print(fitting(elapsed() + "  " + pending + " …"));
            out.flush();
        }
    }

    // A line that wraps cannot be erased.
    private static String fitting(String line) {
        int columns = Integer.getInteger("fleet.columns", USUAL_COLUMNS);
        return line.length() < columns ? line : line.substring(0, Math.max(1, columns - 2)) + "…";
    }

    private String elapsed() {
        return String.format(
                Locale.ROOT, "%7.1f s", Duration.between(start, Instant.now()).toMillis() / 1000.0);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "progress");
        thread.setDaemon(true);
        return thread;
    }
}
