package io.centurions.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Who listens, read from Linux's /proc: the socket's inode by port, then the process that holds that inode. */
final class ListeningPorts {

    private static final String LISTEN = "0A";

    private ListeningPorts() {}

    static Optional<Long> owner(int port) {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .map(Path::of)
                .flatMap(table -> lines(table).stream())
                .map(line -> inode(line, port))
                .flatMap(Optional::stream)
                .findFirst()
                .flatMap(ListeningPorts::holder);
    }

    /** The inode of a row of /proc/net/tcp when it listens on the port. */
    static Optional<String> inode(String row, int port) {
        String[] columns = row.strip().split("\\s+");
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        boolean listens = columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTEN);
        return listens ? Optional.of(columns[9]) : Optional.empty();
    }

    private static Optional<Long> holder(String inode) {
        String socket = "socket:[" + inode + "]";
        return ProcessHandle.allProcesses()
                .filter(handle -> descriptors(handle.pid()).contains(socket))
                .map(ProcessHandle::pid)
                .findFirst();
    }

    // Processes of other users and those that end meanwhile cannot be read; they are simply not found.
    private static List<String> descriptors(long pid) {
        try (Stream<Path> links = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return links.map(ListeningPorts::target).toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static List<String> lines(Path table) {
        try {
            return Files.exists(table) ? Files.readAllLines(table) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
