package io.centurions.local.process;

import io.centurions.local.place.Reason;
import io.centurions.local.place.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Which processes belong to this fleet, as files that outlive the launcher: {@code run/<name>.process} with number, start
 * and port. An entry whose process is gone, or whose number now belongs to a later process, counts as not there.
 */
public final class Roster {

    private static final String SUFFIX = ".process";

    // The kernel counts a start in ticks since boot; the wall clock it is turned into may be corrected meanwhile.
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(5);

    private final Path folder;

    public Roster(Path folder) {
        this.folder = folder;
    }

    public void enter(String name, ProcessHandle handle, int port) {
        Properties entry = new Properties();
        entry.setProperty("pid", Long.toString(handle.pid()));
        entry.setProperty("port", Integer.toString(port));
        entry.setProperty("started", Long.toString(started(handle).toEpochMilli()));
        Path file = file(name);
        Path next = file.resolveSibling(name + ".next");
        try {
            Files.createDirectories(folder);
            try (var out = Files.newOutputStream(next)) {
                entry.store(out, null);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Trouble("cannot write " + file + ": " + Reason.of(e), e);
        }
    }

    public Optional<Running> find(String name) {
        Path file = file(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties entry = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            entry.load(in);
            long pid = Long.parseLong(entry.getProperty("pid", "0"));
            Instant started = Instant.ofEpochMilli(Long.parseLong(entry.getProperty("started", "0")));
            int port = Integer.parseInt(entry.getProperty("port", "0"));
            return ProcessHandle.of(pid)
                    .filter(Alive::is)
                    .filter(handle -> same(started, started(handle)))
                    .map(handle -> new Running(name, handle, port, started));
        } catch (IOException | NumberFormatException e) {
            throw new Trouble("cannot read " + file + ": delete it, then ./fleet down", e);
        }
    }

    /** Everything that is alive, by name. */
    public List<Running> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .map(this::find)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new Trouble("cannot read " + folder + ": " + Reason.of(e), e);
        }
    }

    public void strike(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new Trouble("cannot delete " + file(name) + ": " + Reason.of(e), e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }

    private static Instant started(ProcessHandle handle) {
        return handle.info().startInstant().orElse(Instant.EPOCH);
    }

    private static boolean same(Instant kept, Instant seen) {
        return Duration.between(kept, seen).abs().compareTo(CLOCK_SLACK) <= 0;
    }
}
