package io.centurions.platform.consumercontract;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** Listens to what the streams log of failed attempts: a consumer that fails twice and then does not has failed. */
final class Complaints extends Handler implements AutoCloseable {

    private static final String STREAMS = "io.centurions.platform.streams";

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Set<UUID> of;

    private Complaints(Set<UUID> of) {
        this.of = of;
    }

    static Complaints about(Set<UUID> events) {
        var complaints = new Complaints(events);
        Logger.getLogger(STREAMS).addHandler(complaints);
        return complaints;
    }

    List<String> heard() {
        return heard;
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getThrown() == null || line.getLevel().intValue() < Level.WARNING.intValue()) {
            return;
        }
        String event = line instanceof ExtLogRecord extended ? extended.getMdc("event_id") : null;
        if (event == null || of.contains(UUID.fromString(event))) {
            heard.add(line.getMessage() + ": " + line.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger(STREAMS).removeHandler(this);
    }
}
