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

    /** Returns when rung, when an alarm is due, or after {@code longest}. */
    void await(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long until = System.nanoTime() + longest.toNanos();
            while (!ringing && !alarmIsDue() && until - System.nanoTime() > 0) {
                rung.await(untilNext(until), TimeUnit.NANOSECONDS);
            }
            ringing = false;
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

    private long untilNext(long until) {
        long next = alarms.isEmpty() ? until : Math.min(until, alarms.peek());
        return next - System.nanoTime();
    }
}
