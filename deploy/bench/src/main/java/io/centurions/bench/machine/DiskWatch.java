package io.centurions.bench.machine;

import io.centurions.bench.figure.Recorder;
import io.centurions.bench.figure.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes a page and syncs it ten times a second, as long as it is open: how long the disk alone makes a commit wait meanwhile. Too little
 * to be in the way of what is measured.
 */
public final class DiskWatch implements AutoCloseable {

    private static final int PAGE = 8192;
    private static final long BETWEEN_NANOS = 100_000_000;

    private final Recorder recorder = new Recorder();
    private final Path file;
    private final Thread thread = new Thread(this::watch, "disk-watch");
    private volatile boolean over;

    /** @param folder on the disk that holds the data */
    public DiskWatch(Path folder) {
        this.file = folder.resolve("disk.watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            do {
                long began = System.nanoTime();
                channel.write(page.clear(), 0);
                channel.force(false);
                recorder.add(System.nanoTime() - began);
                LockSupport.parkNanos(BETWEEN_NANOS);
            } while (!over);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + file, e);
        }
    }

    /** Ends the watch; what it saw, once at least. */
    public Samples end() {
        close();
        return Samples.together(List.of(recorder));
    }

    @Override
    public void close() {
        over = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
