package io.centurions.sandbox;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;

/** One line per event. The JDK's own formatter walks the stack for each, which its one thread of events has no time for. */
final class PlainLines extends Formatter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    /** From now on this process logs so. */
    static void write() {
        for (var handler : LogManager.getLogManager().getLogger("").getHandlers()) {
            handler.setFormatter(new PlainLines());
        }
    }

    @Override
    public String format(LogRecord event) {
        return TIME.format(LocalTime.ofInstant(event.getInstant(), ZoneId.systemDefault())) + " "
                + event.getLevel().getName() + " " + event.getLoggerName() + " " + formatMessage(event)
                + System.lineSeparator() + thrown(event.getThrown());
    }

    private static String thrown(Throwable failure) {
        if (failure == null) {
            return "";
        }
        var stack = new StringWriter();
        failure.printStackTrace(new PrintWriter(stack, true));
        return stack.toString();
    }
}
