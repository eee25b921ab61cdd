package io.centurions.platform.tenancy;

import java.time.Duration;

/** How long answers of one kind are waited for. What shortens it also ends the waits that have lasted longer already. */
final class Patience {

    private volatile long nanos;

    Patience(Duration most) {
        become(most);
    }

    void become(Duration most) {
        nanos = most.toNanos();
    }

    boolean isOver(long began, long now) {
        return now - began >= nanos;
    }
}
