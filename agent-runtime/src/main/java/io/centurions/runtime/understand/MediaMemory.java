package io.centurions.runtime.understand;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What the files that are being understood may take of the heap, all turns together: large ones wait for each other, in the order in
 * which they come. Small ones pass, as nearly every voice message is one; the places at the providers bound those. For any thread.
 *
 * <p>An eighth of the heap in files, because each lies there several times while a model is asked: as the file, as text, as the body of
 * the request. A file that is larger than all of that has it for itself.
 */
final class MediaMemory {

    /** Bytes of a file that takes nothing: some minutes of speech. */
    static final int SMALL = 1024 * 1024;

    private final int all;
    private final Semaphore free;

    /** @param heap bytes */
    MediaMemory(long heap) {
        this.all = (int) Math.min(Integer.MAX_VALUE, heap / 8);
        this.free = new Semaphore(all, true);
    }

    /**
     * Waits until there is room for a file.
     *
     * @param bytes at most
     * @throws io.centurions.runtime.think.NotNow when the patience was over before
     */
    Share take(int bytes, MediaPatience patience) {
        int taken = bytes <= SMALL ? 0 : Math.min(bytes, all);
        if (taken > 0 && !enters(taken, patience.left())) {
            throw Download.later("no_memory", Duration.ZERO);
        }
        return new Share(taken);
    }

    private boolean enters(int bytes, Duration longest) {
        try {
            return free.tryAcquire(bytes, longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The room of one file, until it is closed. For one thread. */
    final class Share implements AutoCloseable {

        private int taken;

        private Share(int taken) {
            this.taken = taken;
        }

        /** Gives back what the file does not need, now that it is there. */
        void shrinkTo(int bytes) {
            int needed = Math.min(bytes, taken);
            free.release(taken - needed);
            taken = needed;
        }

        @Override
        public void close() {
            shrinkTo(0);
        }
    }
}
