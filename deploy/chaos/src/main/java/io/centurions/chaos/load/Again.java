package io.centurions.chaos.load;

import io.centurions.chaos.world.NoAnswer;
import io.centurions.chaos.world.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** As people do, tries again what was not answered, until the run is over. What is finally refused is remembered. */
final class Again {

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    /** Does it all, or as much as can be done: it never throws. */
    void attempt(String what, Runnable act) {
        try {
            act.run();
        } catch (GivenUp e) {
            // The run is over; what was acknowledged until now is judged.
            return;
        } catch (RuntimeException e) {
            refused.add(what + ": " + e.getMessage());
        }
    }

    /** The answer, as soon as there is one. To be called within an {@link #attempt}. */
    <T> T ask(Supplier<T> question) {
        while (true) {
            try {
                return question.get();
            } catch (NoAnswer e) {
                if (e.isFinal()) {
                    throw e;
                }
                waitOrGiveUp();
            }
        }
    }

    void waitOrGiveUp() {
        if (over) {
            throw new GivenUp();
        }
        Patience.pause(BETWEEN_TRIES);
    }

    /** Nothing is tried again from now on. */
    void end() {
        over = true;
    }

    List<String> refused() {
        return List.copyOf(refused);
    }

    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
