package io.centurions.platform.storage.folder;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.storage.Content;
import io.centurions.platform.storage.Download;
import io.centurions.platform.storage.Found;
import io.centurions.platform.storage.GivenContent;
import io.centurions.platform.storage.ObjectRef;
import io.centurions.platform.storage.Storage;
import io.centurions.platform.storage.StorageFull;
import io.centurions.platform.storage.StorageUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Objects as files: {@code <folder>/<company>/<id>}. An object arrives beside the companies' parts, is forced
 * to the disk and then renamed into its place, so that a crash leaves either all of it or a part file that
 * {@link #forgetBrokenOff} removes.
 */
public final class FolderStorage implements Storage {

    private static final String ARRIVING = ".arriving";
    private static final int PIECE = 64 * 1024;

    private final Path root;
    private final Links links;
    private final Room room;

    /** @param keepFree bytes of the file system that are never filled */
    public FolderStorage(Path root, Links links, long keepFree) {
        this(root, links, new Room(() -> root.toFile().getUsableSpace(), keepFree));
    }

    FolderStorage(Path root, Links links, Room room) {
        this.root = root;
        this.links = links;
        this.room = room;
    }

    @Override
    public void open(CompanyId company) {
        attempt("make the folder of a company", () -> made(folder(company)));
    }

    @Override
    public boolean close(CompanyId company) {
        return attempt("remove the folder of a company", () -> {
            try {
                Files.deleteIfExists(folder(company));
                return true;
            } catch (DirectoryNotEmptyException e) {
                return false;
            }
        });
    }

    @Override
    public void put(ObjectRef object, InputStream content) {
        attempt("keep an object", () -> {
            Path part = Files.createTempFile(made(root.resolve(ARRIVING)), "", ".part");
            try {
                write(part, new GivenContent(content));
                Path folder = made(folder(object.company()));
                Files.move(part, file(object), StandardCopyOption.ATOMIC_MOVE);
                force(folder);
            } finally {
                Files.deleteIfExists(part);
            }
            return null;
        });
    }

    @Override
    public Optional<Content> read(ObjectRef object) {
        return attempt("read an object", () -> {
            try {
                FileChannel file = FileChannel.open(file(object), READ, NOFOLLOW_LINKS);
                return Optional.of(new Content(Channels.newInputStream(file), file.size()));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void delete(ObjectRef object) {
        attempt("delete an object", () -> Files.deleteIfExists(file(object)));
    }

    @Override
    public List<Found> list(CompanyId company, UUID after, int limit) {
        return attempt("list the objects of a company", () -> {
            String last = after == null ? "" : after.toString();
            List<String> names = names(folder(company)).stream()
                    .filter(name -> ObjectRef.id(name).isPresent() && name.compareTo(last) > 0)
                    .sorted()
                    .limit(limit)
                    .toList();
            List<Found> found = new ArrayList<>();
            for (String name : names) {
                found(new ObjectRef(company, UUID.fromString(name))).ifPresent(found::add);
            }
            return found;
        });
    }

    @Override
    public URI link(ObjectRef object, Download as, Instant until) {
        return links.sign(object, as, until);
    }

    @Override
    public void forgetBrokenOff(Instant before) {
        attempt("remove what was broken off", () -> {
            Path arriving = root.resolve(ARRIVING);
            for (String name : names(arriving)) {
                Path part = arriving.resolve(name);
                if (attributes(part)
                        .filter(of -> changedAt(of).isBefore(before))
                        .isPresent()) {
                    Files.deleteIfExists(part);
                }
            }
            return null;
        });
    }

    private void write(Path part, InputStream content) throws IOException {
        byte[] piece = new byte[PIECE];
        try (FileChannel file = FileChannel.open(part, WRITE)) {
            for (int read = content.read(piece); read >= 0; read = content.read(piece)) {
                room.need(read);
                ByteBuffer bytes = ByteBuffer.wrap(piece, 0, read);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            }
            file.force(true);
        }
    }

    // The entry of a new folder is durable, too, before something is put into it.
    private static Path made(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            force(folder.toAbsolutePath().getParent());
        }
        return folder;
    }

    private static void force(Path folder) throws IOException {
        // Elsewhere a folder cannot be opened, and a rename is durable by itself.
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel entries = FileChannel.open(folder, READ)) {
                entries.force(true);
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return names;
    }

    private Optional<Found> found(ObjectRef object) throws IOException {
        return attributes(file(object)).map(of -> new Found(object.id(), of.size(), changedAt(of)));
    }

    // Empty when somebody has deleted it since it was listed.
    private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Instant changedAt(BasicFileAttributes of) {
        return of.lastModifiedTime().toInstant();
    }

    // One that leads elsewhere was not made by us: another company's files may be there.
    private Path folder(CompanyId company) throws IOException {
        Path folder = root.resolve(company.value().toString());
        if (Files.isSymbolicLink(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        return folder;
    }

    private Path file(ObjectRef object) throws IOException {
        return folder(object.company()).resolve(object.id().toString());
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T attempt(String what, Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            String tried = "could not " + what + " in " + root;
            throw Room.isMissing(e) ? new StorageFull(tried, e) : new StorageUnavailable(tried, e);
        }
    }
}
