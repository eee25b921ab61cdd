package io.centurions.local.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a service has loaded, kept for its next start: the JVM writes its classes into a file when a process first ends in order, and
 * maps them from then on. A start takes about half the time and 40 % less CPU, which counts when several die at once. A file that is not there
 * or of another JDK is written anew; of other jars it would be passed over for ever, so one that is older than the jar is removed.
 */
final class StartArchive {

    private static final String FILE = "start.jsa";

    /** Of an archive above the JDK's own; the JVM writes it last. */
    private static final int MAGIC = 0xf00baba8;

    /** Older ones know no such tag of their log, and do not start. */
    private static final int FIRST_TO_LOG_AOT = 24;

    private StartArchive() {}

    /**
     * The JVM's options; a file whose writer was killed is removed, too, as no JVM starts well with it.
     *
     * @param target folder of the build, so that the file goes with the jars
     * @param jar    that runs, written by each build
     * @param writes for one process of a service: all of them would write the same
     * @param feature of the JDK that runs it
     */
    static List<String> options(Path target, Path jar, boolean writes, int feature) {
        Path file = target.resolve(FILE);
        removeUnlessOf(jar, file);
        List<String> options = new ArrayList<>(List.of("-XX:SharedArchiveFile=" + file));
        if (writes) {
            options.add("-XX:+AutoCreateSharedArchive");
        }
        // In a log of JSON lines; there is nothing to do about any of it.
        options.add("-Xlog:cds*=off");
        if (feature >= FIRST_TO_LOG_AOT) {
            options.add("-Xlog:aot*=off");
        }
        return options;
    }

    private static void removeUnlessOf(Path jar, Path file) {
        try {
            if (Files.exists(file) && (isOlder(file, jar) || !isWhole(file))) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + file, e);
        }
    }

    private static boolean isOlder(Path file, Path jar) throws IOException {
        return Files.exists(jar) && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) < 0;
    }

    private static boolean isWhole(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = in.readNBytes(Integer.BYTES);
            return first.length == Integer.BYTES
                    && ByteBuffer.wrap(first).order(ByteOrder.nativeOrder()).getInt() == MAGIC;
        }
    }
}
