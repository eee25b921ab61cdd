package io.centurions.platform.streams;

import io.centurions.platform.tenancy.ShutdownDeadline;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Tells Redis what is settled, in batches: while one is on its way the next collects, so that no handler waits for it. One
 * that Redis does not hear comes again, and its consumer knows it.
 */
@ApplicationScoped
class Acknowledgements {

    private static final Logger LOG = Logger.getLogger(Acknowledgements.class);
    private static final int BATCH = 500;
    private static final Entry END = new Entry("", "", Map.of());

    private final WorkGroup group;
    private final LinkedBlockingQueue<Entry> settled = new LinkedBlockingQueue<>();
    private Thread loop;

    Acknowledgements(WorkGroup group) {
        this.group = group;
    }

    /** Begins; whoever holds the entries is told when each of them has left our hands. */
    void start(Consumer<Entry> released) {
        loop = Thread.ofVirtual().name("work-ack").start(() -> acknowledgeUntilTheEnd(released));
    }

    void add(Entry entry) {
        settled.add(entry);
    }

    /** Sends what has been added, then ends. */
    void finish(Duration patience) throws InterruptedException {
        settled.add(END);
        if (loop != null) {
            loop.join(ShutdownDeadline.atMost(patience));
        }
    }

    private void acknowledgeUntilTheEnd(Consumer<Entry> released) {
        boolean ended = false;
        while (!ended) {
            List<Entry> batch = next();
            ended = batch.remove(END);
            acknowledge(batch);
            batch.forEach(released);
        }
    }

    private List<Entry> next() {
        List<Entry> batch = new ArrayList<>();
        try {
            Entry first = settled.poll(1, TimeUnit.HOURS);
            if (first != null) {
                batch.add(first);
                settled.drainTo(batch, BATCH - 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            batch.add(END);
        }
        return batch;
    }

    private void acknowledge(List<Entry> batch) {
        Map<String, List<String>> idsByKey = batch.stream()
                .collect(Collectors.groupingBy(Entry::key, Collectors.mapping(Entry::id, Collectors.toList())));
        idsByKey.forEach((key, ids) -> {
            try {
                group.acknowledge(key, ids);
            } catch (RuntimeException | Error e) {
                // An Error too: without this one thread nothing would be acknowledged until a restart.
                LOG.warnf("%d acknowledgements on %s failed, they will come again: %s", ids.size(), key, e.toString());
            }
        });
    }
}
