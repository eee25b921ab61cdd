package io.centurions.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** CPU time of processes in milliseconds, user and kernel, as {@code /proc} counts it (in steps of a clock tick, mostly 10 ms). */
public final class CpuTime {

    private static final int TICKS_PER_SECOND = 100;
    private static final int MILLIS_PER_TICK = 1000 / TICKS_PER_SECOND;
    // Of /proc/<pid>/stat, counted after the name, which may hold blanks.
    private static final int USER = 11;
    private static final int CHILDREN_USER = 13;

    private CpuTime() {}

    /** Of one process alone. Zero when it is gone. */
    public static long of(long pid) {
        return ticks(pid, USER) * MILLIS_PER_TICK;
    }

    /** Of a process with all its children, also those that have ended: how PostgreSQL works. */
    public static long ofFamily(ProcessHandle root) {
        List<Long> alive = root.descendants().map(ProcessHandle::pid).toList();
        long ended = ticks(root.pid(), CHILDREN_USER);
        return (Stream.concat(Stream.of(root.pid()), alive.stream())
                                .mapToLong(pid -> ticks(pid, USER))
                                .sum()
                        + ended)
                * MILLIS_PER_TICK;
    }

    /** Of a process's living threads whose name is asked for; the kernel knows its first 15 letters. */
    public static long ofThreads(long pid, Predicate<String> named) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return tasks.map(task -> pid + "/task/" + task.getFileName())
                            .filter(task -> named.test(line(task, "comm").strip()))
                            .mapToLong(task -> ticks(line(task, "stat"), USER))
                            .sum()
                    * MILLIS_PER_TICK;
        } catch (IOException e) {
            return 0;
        }
    }

    /** The most resident memory that a process ever had, in bytes. */
    public static OptionalLong peakMemory(long pid) {
        return line(pid, "status")
                .lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst();
    }

    private static long ticks(long pid, int first) {
        return ticks(line(pid, "stat"), first);
    }

    private static long ticks(String stat, int first) {
        int nameEnd = stat.lastIndexOf(')');
        if (nameEnd < 0) {
            return 0;
        }
        String[] fields = stat.substring(nameEnd + 2).split(" ");
        return Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1]);
    }

    private static String line(long pid, String file) {
        return line(Long.toString(pid), file);
    }

    private static String line(String task, String file) {
        try {
            return Files.readString(Path.of("/proc", task, file));
        } catch (IOException e) {
            return "";
        }
    }
}
