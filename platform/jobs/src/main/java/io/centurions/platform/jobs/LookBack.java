package io.centurions.platform.jobs;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far back a sweep looks. Mostly a little, which is cheap; with its first run and now and then as far as it ever does. So
 * what was lost just now is found with the next run, and what was lost while everything was down a few minutes later.
 */
public final class LookBack {

    private static final int LONG_LOOK = 20;

    private final Duration usual;
    private final Duration longest;
    private final AtomicLong looks = new AtomicLong();

    public LookBack(Duration usual, Duration longest) {
        this.usual = usual;
        this.longest = longest;
    }

    /** For the next run; a text that PostgreSQL reads as an interval. */
    public String next() {
        return (looks.getAndIncrement() % LONG_LOOK == 0 ? longest : usual).toString();
    }
}
