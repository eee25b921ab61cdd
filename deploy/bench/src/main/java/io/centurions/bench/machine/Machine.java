package io.centurions.bench.machine;

import io.centurions.bench.figure.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What everything runs on.
 *
 * @param load       of the last minute, before the first benchmark: above 0.3 somebody else was at work
 * @param fsyncP50   milliseconds to write 8 KiB and have it on the disk, where the data is
 * @param postgresql as the server calls itself
 */
public record Machine(
        int cores,
        String cpu,
        long memoryMiB,
        String kernel,
        String jdk,
        String pinning,
        String postgresql,
        double fsyncP50,
        double fsyncP99,
        double load) {

    private static final int FSYNCS = 200;
    private static final int PAGE = 8192;
    private static final int FIRST_WITHOUT_PINNING = 24;

    /** @param folder on the disk that holds the data */
    public static Machine here(Path folder, String postgresql) {
        Samples fsync = fsync(folder);
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name", System.getProperty("os.arch")),
                Long.parseLong(field("/proc/meminfo", "MemTotal", "0").replaceAll("\\D", "")) / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                Runtime.version().feature() < FIRST_WITHOUT_PINNING
                        ? "a virtual thread that waits inside synchronized pins its carrier on this JDK: waiting for"
                                + " models is slower than on 24 and newer"
                        : "none: synchronized does not pin virtual threads on this JDK",
                postgresql,
                fsync.millis(50),
                fsync.millis(99),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static Samples fsync(Path folder) {
        Path file = folder.resolve("fsync.probe");
        long[] nanos = new long[FSYNCS];
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
            for (int n = 0; n < FSYNCS; n++) {
                long began = System.nanoTime();
                channel.write(page.clear(), (n % 16) * (long) PAGE);
                channel.force(false);
                nanos[n] = System.nanoTime() - began;
            }
            return Samples.ofNanos(nanos);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot measure the disk under " + folder, e);
        }
    }

    private static String field(String file, String name, String otherwise) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
