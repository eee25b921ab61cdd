package io.centurions.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Resident memory in bytes. */
public final class Memory {

    private static final long KIBI = 1024L;

    private Memory() {}

    public static OptionalLong of(ProcessHandle handle) {
        return sum(Stream.of(fromProc(handle.pid(), "status", "VmRSS:").or(() -> fromPs(handle.pid()))));
    }

    /** With its children, which share most of their pages: by proportional shares where the system tells them. */
    public static OptionalLong ofFamily(ProcessHandle handle) {
        return sum(Stream.concat(Stream.of(handle), handle.descendants())
                .map(ProcessHandle::pid)
                .map(pid -> fromProc(pid, "smaps_rollup", "Pss:").or(() -> fromPs(pid))));
    }

    private static OptionalLong sum(Stream<Optional<Long>> bytes) {
        return bytes.flatMap(Optional::stream).mapToLong(Long::longValue).reduce(Long::sum);
    }

    private static Optional<Long> fromProc(long pid, String file, String field) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), file)).stream()
                    .filter(line -> line.startsWith(field))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBI)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> fromPs(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
            String said = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return said.matches("\\d+") ? Optional.of(Long.parseLong(said) * KIBI) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
