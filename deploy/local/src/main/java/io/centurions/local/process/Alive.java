package io.centurions.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether a process still does anything, also when it is nobody's child here. */
public final class Alive {

    // Java looks at processes that are not its children ever more rarely, up to every few seconds.
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private Alive() {}

    public static boolean is(ProcessHandle handle) {
        return handle.isAlive() && !isDefunct(handle.pid());
    }

    /** Returns true as soon as it is gone, false when it is still there after the time. */
    static boolean goneWithin(ProcessHandle handle, Duration time) throws InterruptedException {
        Instant deadline = Instant.now().plus(time);
        CountDownLatch never = new CountDownLatch(1);
        while (is(handle)) {
            if (Instant.now().isAfter(deadline) || never.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    // Dead, but not yet collected by its parent: in containers the first process may take its time or never do it.
    private static boolean isDefunct(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            String line = Files.exists(stat) ? Files.readString(stat) : "";
            return line.startsWith("Z", line.lastIndexOf(')') + 2);
        } catch (IOException goneMeanwhile) {
            return true;
        }
    }
}
