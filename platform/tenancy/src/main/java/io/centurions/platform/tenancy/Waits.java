package io.centurions.platform.tenancy;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Waits for answers that nearly always come at once. A timed wait of a virtual thread wakes the JDK's timer thread twice, which costs
 * as much as the answer; so here the waits have no timer of their own, and one thread ends those that have lasted too long.
 */
public final class Waits {

    private static final Logger LOG = Logger.getLogger(Waits.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Set<Wait> OPEN = ConcurrentHashMap.newKeySet();
    // Not when the class is initialised: a native image does that while it is built.
    private static final AtomicBoolean LOOKING = new AtomicBoolean();

    private Waits() {}

    // By identity: two waits for one answer are two.
    private static final class Wait {
        private final CompletableFuture<?> answer;
        private final Patience patience;
        private final long began = System.nanoTime();

        private Wait(CompletableFuture<?> answer, Patience patience) {
            this.answer = answer;
            this.patience = patience;
        }
    }

    /**
     * Blocks until there is an answer, which is the caller's own: one that lasts too long is ended for everybody.
     *
     * @param most up to a tenth of a second more is waited; less in a process that ends, see {@link ShutdownDeadline}
     * @throws ExecutionException when the answer is a failure
     * @throws TimeoutException   when there was none in time
     */
    public static <T> T get(CompletableFuture<T> answer, Duration most)
            throws InterruptedException, ExecutionException, TimeoutException {
        return get(answer, new Patience(most, most));
    }

    static <T> T get(CompletableFuture<T> answer, Patience patience)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (answer.isDone()) {
            return answer.get();
        }
        Wait wait = new Wait(answer, patience);
        OPEN.add(wait);
        look();
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TooLong late) {
                throw late;
            }
            throw e;
        } finally {
            OPEN.remove(wait);
        }
    }

    private static void look() {
        if (!LOOKING.get() && LOOKING.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("waits").start(Waits::endTheOverdue);
        }
    }

    private static void endTheOverdue() {
        while (true) {
            // Nothing may end this thread, no interrupt and no Error either: without it a wait could last for ever.
            try {
                Thread.sleep(LOOK_EVERY);
                endThoseOf(System.nanoTime());
            } catch (Throwable e) {
                say(e);
            }
        }
    }

    private static void endThoseOf(long now) {
        for (Wait wait : OPEN) {
            if (wait.patience.isOver(wait.began, now)) {
                wait.answer.completeExceptionally(new TooLong());
            }
        }
    }

    private static void say(Throwable failure) {
        try {
            LOG.warnf("could not end what has waited too long, the next look tries again: %s", failure.toString());
        } catch (Throwable again) {
            // When memory is short there may be none for a line either.
        }
    }

    private static final class TooLong extends TimeoutException {
        private static final long serialVersionUID = 1L;

        private TooLong() {
            super("no answer in time");
        }
    }
}
