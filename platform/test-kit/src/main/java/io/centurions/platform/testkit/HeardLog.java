package io.centurions.platform.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What one class logs from now on, until it is closed. */
public final class HeardLog extends Handler implements AutoCloseable {

    private final Logger logger;
    private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();

    private HeardLog(Logger logger) {
        this.logger = logger;
    }

    public static HeardLog of(Class<?> logging) {
        var heard = new HeardLog(Logger.getLogger(logging.getName()));
        heard.logger.addHandler(heard);
        return heard;
    }

    /** Each with its parameters and every cause to its end. */
    public List<String> lines() {
        return lines(record -> true);
    }

    /** Those {@link #lines} that a person must act on. */
    public List<String> errors() {
        return lines(record -> record.getLevel().intValue() >= Level.SEVERE.intValue());
    }

    private List<String> lines(Predicate<LogRecord> wanted) {
        return records.stream().filter(wanted).map(HeardLog::line).toList();
    }

    private static String line(LogRecord record) {
        StringBuilder line = new StringBuilder(record.getMessage() + Arrays.toString(record.getParameters()));
        for (Throwable each = record.getThrown(); each != null; each = each.getCause()) {
            line.append('\n').append(each);
        }
        return line.toString();
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
