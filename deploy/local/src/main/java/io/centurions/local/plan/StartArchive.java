package io.centurions.local.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a service has loaded, kept for its next start: the JVM writes its classes into a file when a process first ends in order, and
 * maps them from then on. A start takes about half the time and 40 % less CPU, which counts when several die at once. A file that is not there
 * or of another JDK is written anew; one of other jars would be passed over for ever, so it is named after the jar that runs, and those
 * of others are removed.
 */
final class StartArchive {

    /** With the moment and the size of the jar. */
    private static final String NAME = "start-%s-%s.jsa";

    /** Of an archive above the JDK's own; the JVM writes it last. */
    private static final int MAGIC = 0xf00baba8;

    /** Older ones know no such tag of their log, and do not start. */
    private static final int FIRST_TO_LOG_AOT = 24;

    private StartArchive() {}

    /**
     * The JVM's options. A file of other jars is removed, and one whose writer was killed, as no JVM starts well with it.
     *
     * @param jar     that runs, written by each build
     * @param target  folder of the build, so that the file goes with the jars
     * @param writes  for one process of a service: all of them would write the same
     * @param feature of the JDK that runs it
     */
    static List<String> options(Path jar, Path target, boolean writes, int feature) {
        List<String> options = new ArrayList<>(List.of("-XX:SharedArchiveFile=" + file(jar, target)));
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

    private static Path file(Path jar, Path target) {
        try {
            // Where nothing is built yet, nothing can be started either.
            if (Files.notExists(jar)) {
                return target.resolve(NAME.formatted(0, 0));
            }
            Path file = target.resolve(name(jar));
            try (DirectoryStream<Path> all = Files.newDirectoryStream(target, NAME.formatted("*", "*"))) {
                for (Path each : all) {
                    if (!each.equals(file) || !isWhole(each)) {
                        Files.deleteIfExists(each);
                    }
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at the start archives in " + target, e);
        }
    }

    private static String name(Path jar) throws IOException {
        return NAME.formatted(Files.getLastModifiedTime(jar).toMillis(), Files.size(jar));
    }

    private static boolean isWhole(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = in.readNBytes(Integer.BYTES);
            return first.length == Integer.BYTES
                    && ByteBuffer.wrap(first).order(ByteOrder.nativeOrder()).getInt() == MAGIC;
        }
    }
}
