package io.centurions.platform.tenancy;

import java.time.Duration;

/**
 * How long answers of one kind are waited for. A process that is ending has less patience, also in waits that began before, and none
 * after its {@link ShutdownDeadline}.
 */
record Patience(Duration most, Duration mostAtTheEnd) {

    boolean isOver(long began, long now) {
        Duration limit = ShutdownDeadline.hasBegun() ? mostAtTheEnd : most;
        return ShutdownDeadline.hasPassed(now) || now - began >= limit.toNanos();
    }
}
