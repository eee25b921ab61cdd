package io.centurions.runtime.understand;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * So many units, taken many at once. Who comes first is served first; but whoever wants more than is free lets those pass for whom it is
 * enough, or one large file would keep all others waiting, and that for half of its patience, or many small ones would keep it out
 * for ever. For any thread.
 */
final class Room {

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Waiting> line = new LinkedHashSet<>();
    private int free;

    Room(int units) {
        this.free = units;
    }

    // Not a record: no two who wait are equal.
    private static final class Waiting {

        private final int units;
        private final long passedUntil;

        private Waiting(int units, long passedUntil) {
            this.units = units;
            this.passedUntil = passedUntil;
        }

        private boolean letsPass(int free) {
            return units > free && passedUntil - System.nanoTime() > 0;
        }
    }

    /** @return false when the patience was over before there was room */
    boolean tryTake(int units, Duration patience) throws InterruptedException {
        var me = new Waiting(units, System.nanoTime() + patience.toNanos() / 2);
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            line.add(me);
            while (!isMyTurn(me)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            free -= units;
            return true;
        } finally {
            line.remove(me);
            changed.signalAll();
            lock.unlock();
        }
    }

    private boolean isMyTurn(Waiting me) {
        return me.units <= free
                && line.stream().takeWhile(before -> before != me).allMatch(before -> before.letsPass(free));
    }

    void giveBack(int units) {
        lock.lock();
        try {
            free += units;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
