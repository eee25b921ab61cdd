package io.centurions.platform.tenancy;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The moment after which a process that was asked to end waits for nothing any more. There is one for all its waits, counted from
 * the signal, so that they cannot add up to more than the time until it is killed.
 */
@ApplicationScoped
public class ShutdownDeadline {

    // Of the process, not of the bean: most of what waits is no bean. Null until the signal.
    private static volatile Long deadline;
    private static volatile boolean waitsAreOver;

    private final Duration budget;

    // Of 40 s until a process is killed; then Vert.x closes connections for up to 10 s, and two executors end their
    // threads for 1 s.
    ShutdownDeadline(@ConfigProperty(name = "centurions.shutdown.budget", defaultValue = "26s") Duration budget) {
        this.budget = budget;
    }

    /** What a wait may last: all of its own patience, or once the process is ending no more than remains; never negative. */
    public static Duration atMost(Duration patience) {
        Long until = deadline;
        long nanos = until == null ? patience.toNanos() : Math.min(patience.toNanos(), until - System.nanoTime());
        return Duration.ofNanos(Math.max(0, nanos));
    }

    /** Counts from now; a later call changes nothing. */
    public static synchronized void begin(Duration budget) {
        if (deadline == null) {
            deadline = System.nanoTime() + budget.toNanos();
        }
    }

    /**
     * Whether nothing is waited for any more, and what still runs may find its container closed: it fails because of that, its lease
     * hands it over, and nobody has to act.
     */
    public static boolean isOver() {
        return waitsAreOver || hasPassed(System.nanoTime());
    }

    /** The process goes on, as in a test. */
    public static synchronized void forget() {
        deadline = null;
        waitsAreOver = false;
    }

    static boolean hasBegun() {
        return deadline != null;
    }

    static boolean hasPassed(long now) {
        Long until = deadline;
        return until != null && now - until >= 0;
    }

    void start(@Observes @Priority(1) StartupEvent started) {
        forget();
    }

    // Before requests are waited for.
    void signalled(@Observes ShutdownDelayInitiatedEvent signal) {
        begin(budget);
    }

    // Where no signal came before, as at the end of a test.
    void stop(@Observes @Priority(8) ShutdownEvent stopping) {
        begin(budget);
    }

    // After the relay, the last that waits.
    void close(@Observes @Priority(4000) ShutdownEvent stopped) {
        waitsAreOver = true;
    }
}
