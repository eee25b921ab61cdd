package io.centurions.backoffice.migration;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The same for each of several things, a few at the same time; what fails first stops the rest and is thrown
 * when all have ended.
 */
final class FewAtOnce {

    private final int few;

    FewAtOnce(int few) {
        this.few = few;
    }

    /** @param goOn asked before each: false, and nothing more is begun */
    <T> void each(List<T> all, BooleanSupplier goOn, Consumer<T> work) {
        Semaphore room = new Semaphore(few);
        Queue<RuntimeException> failed = new ConcurrentLinkedQueue<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T one : all) {
                room.acquireUninterruptibly();
                if (!goOn.getAsBoolean() || !failed.isEmpty()) {
                    break;
                }
                threads.execute(() -> {
                    try {
                        work.accept(one);
                    } catch (RuntimeException e) {
                        failed.add(e);
                    } finally {
                        room.release();
                    }
                });
            }
        }
        if (!failed.isEmpty()) {
            throw failed.peek();
        }
    }
}
