package io.centurions.platform.loops;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a loop sleeps on: rung now, rung at a moment, or left alone until the poll. A ring is never lost. */
final class Bell {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private final PriorityQueue<Long> alarms = new PriorityQueue<>();
    private boolean ringing;
    // The next time that anybody wakes answers it, whatever woke them.
    private boolean hinted;
    private long hintedUntil;

    void ring() {
        lock.lock();
        try {
            ringing = true;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void ringIn(Duration delay) {
        lock.lock();
        try {
            alarms.add(System.nanoTime() + Math.max(0, delay.toNanos()));
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Rings after {@code most} unless somebody wakes earlier, for whatever reason: many of these make one. */
    void ringWithin(Duration most) {
        lock.lock();
        try {
            long until = System.nanoTime() + Math.max(0, most.toNanos());
            if (!hinted || until - hintedUntil < 0) {
                hinted = true;
                hintedUntil = until;
                rung.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns when rung, when an alarm is due, or after {@code longest}. */
    void await(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long until = System.nanoTime() + longest.toNanos();
            while (!ringing && !alarmIsDue() && untilHint(until) > 0) {
                rung.await(Math.min(untilNext(until), untilHint(until)), TimeUnit.NANOSECONDS);
            }
            ringing = false;
            hinted = false;
        } finally {
            lock.unlock();
        }
    }

    private boolean alarmIsDue() {
        boolean due = false;
        while (!alarms.isEmpty() && alarms.peek() - System.nanoTime() <= 0) {
            alarms.poll();
            due = true;
        }
        return due;
    }

    private long untilHint(long until) {
        long now = System.nanoTime();
        return hinted ? Math.min(until - now, hintedUntil - now) : until - now;
    }

    private long untilNext(long until) {
        long next = alarms.isEmpty() ? until : Math.min(until, alarms.peek());
        return next - System.nanoTime();
    }
}
