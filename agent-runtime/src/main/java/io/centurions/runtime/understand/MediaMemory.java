package io.centurions.runtime.understand;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What the files that are being understood may take of the heap, all turns together: half of it. They wait for each other in the order in
 * which they come. A file lies there several times while a model is asked: as the answer that brought it, as text, as itself, as the body
 * of the request. One that is larger than all of the room has it for itself. For any thread.
 */
final class MediaMemory {

    /** Bytes of a voice message that takes nothing: some minutes of speech, in the hands of few at once. */
    static final int SMALL = 1024 * 1024;

    /** How often an audio lies there: it comes as base64, which is an answer and a text of it, and leaves as bytes. */
    private static final int TIMES_OF_AUDIO = 4;

    /** And a picture, which leaves as base64 in JSON in a body, each a copy. */
    private static final int TIMES_OF_PICTURE = 8;

    // The room is counted in these: an int of bytes would end at 2 GiB.
    private static final int UNIT = 1024;

    private final int all;
    private final Semaphore free;

    /** @param heap bytes */
    MediaMemory(long heap) {
        this.all = (int) Math.min(Integer.MAX_VALUE, heap / 2 / UNIT);
        this.free = new Semaphore(all, true);
    }

    /**
     * Waits until there is room for a file.
     *
     * @param kind  as {@link Unheard#kind}
     * @param bytes of the file at most
     * @throws io.centurions.runtime.think.NotNow when the patience was over before
     */
    Share take(String kind, int bytes, MediaPatience patience) {
        boolean audio = "audio".equals(kind);
        int times = audio ? TIMES_OF_AUDIO : TIMES_OF_PICTURE;
        int taken = audio && bytes <= SMALL ? 0 : units(bytes, times);
        if (taken > 0 && !enters(taken, patience.left())) {
            throw Download.later("no_memory", Duration.ZERO);
        }
        return new Share(taken, times);
    }

    private int units(int bytes, int times) {
        return (int) Math.min(all, ((long) bytes * times + UNIT - 1) / UNIT);
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

        private final int times;
        private int taken;

        private Share(int taken, int times) {
            this.taken = taken;
            this.times = times;
        }

        /** Gives back what the file does not need, now that it is there. */
        void shrinkTo(int bytes) {
            keep(Math.min(units(bytes, times), taken));
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
