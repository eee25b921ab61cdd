package io.centurions.runtime.understand;

import io.centurions.platform.tenancy.Trace;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * The same for each of several things, a few at the same time, all under the caller's trace; what fails first keeps the rest from
 * beginning and is thrown when all have ended. Its twin migrates the fleet in backoffice-api.
 */
final class FewAtOnce {

    private final int few;

    FewAtOnce(int few) {
        this.few = few;
    }

    <T> void each(List<T> all, Consumer<T> work) {
        Trace trace = Trace.current();
        Semaphore room = new Semaphore(few);
        Queue<Throwable> failed = new ConcurrentLinkedQueue<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T one : all) {
                room.acquireUninterruptibly();
                if (!failed.isEmpty()) {
                    break;
                }
                threads.execute(() -> {
                    try {
                        Trace.run(trace, () -> work.accept(one));
                    } catch (RuntimeException | Error failure) {
                        failed.add(failure);
                    } finally {
                        room.release();
                    }
                });
            }
        }
        switch (failed.peek()) {
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            case null, default -> {}
        }
    }
}
