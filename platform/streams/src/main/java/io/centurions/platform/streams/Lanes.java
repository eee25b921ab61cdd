package io.centurions.platform.streams;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Runs work of one subject one at a time, in the order of arrival; different subjects do not wait for each other. */
final class Lanes {

    private final Map<UUID, Lane> open = new HashMap<>();

    <T> T inOrder(UUID subject, Supplier<T> work) {
        Lane lane = enter(subject);
        lane.lock.lock();
        try {
            return work.get();
        } finally {
            lane.lock.unlock();
            leave(subject, lane);
        }
    }

    private synchronized Lane enter(UUID subject) {
        Lane lane = open.computeIfAbsent(subject, none -> new Lane());
        lane.users++;
        return lane;
    }

    private synchronized void leave(UUID subject, Lane lane) {
        if (--lane.users == 0) {
            open.remove(subject);
        }
    }

    private static final class Lane {
        // Fair, so that events of a subject are handled as they were read.
        private final ReentrantLock lock = new ReentrantLock(true);
        private int users;
    }
}
