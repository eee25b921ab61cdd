package io.centurions.runtime.understand;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What the files that are being understood may take of the heap, all turns together: half of it. They wait for each other in the order in
 * which they come. One that is larger than all of the room has it for itself. For any thread.
 */
@ApplicationScoped
class MediaMemory {

    // The room is counted in these: an int of bytes would end at 2 GiB.
    private static final int UNIT = 1024;

    private final int all;
    private final Semaphore free;

    @Inject
    MediaMemory() {
        this(Runtime.getRuntime().maxMemory());
    }

    /** @param heap bytes */
    MediaMemory(long heap) {
        this.all = (int) Math.min(Integer.MAX_VALUE, heap / 2 / UNIT);
        this.free = new Semaphore(all, true);
    }

    /**
     * Waits until there is room for a file.
     *
     * @param bytes of the file at most
     * @throws io.centurions.runtime.think.NotNow when the patience was over before
     */
    Share take(MediaKind kind, int bytes, MediaPatience patience) {
        int taken = units(kind, bytes);
        if (taken > 0 && !enters(taken, patience.left())) {
            throw Download.later("no_memory", Duration.ZERO);
        }
        return new Share(kind, taken);
    }

    private int units(MediaKind kind, int bytes) {
        return (int) Math.min(all, (kind.inMemory(bytes) + UNIT - 1) / UNIT);
    }

    private boolean enters(int units, Duration longest) {
        try {
            return free.tryAcquire(units, longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The room of one file, until it is closed. For one thread. */
    final class Share implements AutoCloseable {

        private final MediaKind kind;
        private int taken;

        private Share(MediaKind kind, int taken) {
            this.kind = kind;
            this.taken = taken;
        }

        /** Gives back what the file does not need, now that it is there. */
        void shrinkTo(int bytes) {
            keep(Math.min(units(kind, bytes), taken));
        }

        private void keep(int needed) {
            free.release(taken - needed);
            taken = needed;
        }

        @Override
        public void close() {
            keep(0);
        }
    }
}
