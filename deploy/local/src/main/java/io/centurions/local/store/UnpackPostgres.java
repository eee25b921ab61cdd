package io.centurions.local.store;

import io.centurions.local.place.Home;
import io.centurions.local.place.Reason;
import io.centurions.local.place.Trouble;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Unpacks the PostgreSQL of this machine's kind from the class path, once. It grows in a folder of another name and gets
 * its own by a rename, so that an unpacking that was cut short is never taken for a server; the remains are removed.
 */
final class UnpackPostgres {

    private static final String VERSION = "17";
    private static final int OWNER_MAY_EXECUTE = 0100;

    private final Path folder;

    UnpackPostgres(Path folder) {
        this.folder = folder;
    }

    /** Where {@code bin/postgres} is, or will be. */
    Path folder() {
        return folder.resolve("postgres-" + VERSION);
    }

    /** Unpacks it where it is missing. */
    Path unpack() {
        Path whole = folder();
        if (Files.isExecutable(whole.resolve("bin/postgres"))) {
            return whole;
        }
        try {
            removeRemains();
            Path partial = Files.createTempDirectory(folder, "postgres-" + VERSION + ".partial");
            // A server that may run under another name of the same user must be able to look in.
            Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
            try (InputStream packed = binary()) {
                extract(packed, partial);
            }
            Home.remove(whole);
            Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
            return whole;
        } catch (IOException e) {
            throw new Trouble("cannot unpack PostgreSQL into " + folder + ": " + Reason.of(e), e);
        }
    }

    private void removeRemains() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(path -> path.getFileName().toString().contains(".partial"))
                    .forEach(Home::remove);
        }
    }

    private static InputStream binary() throws IOException {
        String system =
                System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT).contains("mac") ? "Darwin" : "Linux";
        String machine = ArchUtils.normalize(System.getProperty("os.arch"));
        InputStream found = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
        if (found == null) {
            throw new Trouble("there is no embedded PostgreSQL for " + system + " on " + machine
                    + ": start one yourself and set DATABASE_URL");
        }
        return found;
    }

    private static void extract(InputStream packed, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("the archive names a file outside of itself: " + entry.getName());
                }
                place(entry, tar, path);
            }
        }
    }

    private static void place(TarArchiveEntry entry, InputStream content, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(
                    path,
                    path.getFileSystem()
                            .getPath(
                                    path.getParent().toString(),
                                    Path.of(entry.getLinkName()).getFileName().toString()));
        } else {
            Files.copy(content, path);
            if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
