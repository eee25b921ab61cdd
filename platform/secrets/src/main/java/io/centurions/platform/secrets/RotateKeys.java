package io.centurions.platform.secrets;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Changes the key ring in a file, one step a call: {@code add}, {@code promote}, {@code drop}. Where there is no
 * file, {@code add} makes the first ring, of one key that seals. The file is replaced whole, so a service that
 * reads it sees the old ring or the new one. Runs as plain Java from any service's artifact.
 */
public final class RotateKeys {

    private static final Map<String, UnaryOperator<String>> STEPS = Map.of(
            "add", KeyRing::withNewKey,
            "promote", KeyRing::sealingWithNewest,
            "drop", KeyRing::withoutOlderKeys);

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private RotateKeys() {}

    /** @param arguments the step and the file */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2 || !STEPS.containsKey(arguments[0])) {
            throw new IllegalArgumentException("wanted: add, promote or drop, and the file of the key ring");
        }
        Path file = Path.of(arguments[1]);
        // Else a path with a slip in it would look like a key added.
        boolean first = isFirst(arguments[0], file);
        step(arguments[0], file);
        if (first) {
            System.err.println("there was no key ring in " + file + ": made a new one");
        }
    }

    /**
     * Writes beside the file and moves it into its place; who may read it stays as it is, of a first one
     * only who made it. When this returns, the new ring is on the disk and not only on its way: what is
     * sealed with it from now on may be there sooner.
     */
    public static void step(String step, Path file) throws IOException {
        boolean first = isFirst(step, file);
        String changed = first ? KeyRing.generate() : STEPS.get(step).apply(Files.readString(file));
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        if (first) {
            Files.deleteIfExists(beside);
            Files.createFile(beside, OWNER_ONLY);
        } else {
            Files.copy(file, beside, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(
                beside,
                changed,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.SYNC);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // The folder holds the names: without it the old ring could be back after a crash.
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static boolean isFirst(String step, Path file) {
        return step.equals("add") && Files.notExists(file);
    }
}
