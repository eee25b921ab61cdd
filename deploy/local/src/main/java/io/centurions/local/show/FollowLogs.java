package io.centurions.local.show;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows what is appended to logs, line by line, each behind the name of its process in that process's colour. */
public final class FollowLogs {

    private static final List<Integer> COLOURS = List.of(36, 32, 33, 35, 34, 31, 96, 92);
    private static final int LOOK_EVERY_MS = 200;

    private final PrintStream out;
    private final boolean coloured;
    private final boolean raw;
    private final Map<String, Tail> tails = new LinkedHashMap<>();
    private int widest;

    /** @param raw lines as they were written, without prefix */
    public FollowLogs(PrintStream out, boolean coloured, boolean raw) {
        this.out = out;
        this.coloured = coloured && System.getenv("NO_COLOR") == null;
        this.raw = raw;
    }

    /** Adds a log, to be shown from {@code lastLines} before its present end. */
    public FollowLogs add(String name, Path log, int lastLines) {
        int colour = COLOURS.get(tails.size() % COLOURS.size());
        tails.put(name, new Tail(log, Tail.startOfLast(log, lastLines), colour));
        widest = Math.max(widest, name.length());
        return this;
    }

    /** Shows what is new, once. */
    public synchronized void look() {
        tails.forEach((name, tail) -> tail.news().forEach(line -> show(name, tail.colour, line)));
        out.flush();
    }

    /** Goes on looking until the program ends. */
    public ScheduledExecutorService follow() {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        clock.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        return clock;
    }

    private void show(String name, int colour, String line) {
        if (raw) {
            out.println(line);
            return;
        }
        String padded = name + " ".repeat(widest - name.length());
        String prefix = coloured ? "\u001b[" + colour + "m" + padded + " |\u001b[0m " : padded + " | ";
        LogLine.readable(line, ZoneId.systemDefault()).lines().forEach(part -> out.println(prefix + part));
    }

    /** A log and how far it has been shown. */
    private static final class Tail {

        private final Path log;
        private final int colour;
        private long position;

        Tail(Path log, long position, int colour) {
            this.log = log;
            this.position = position;
            this.colour = colour;
        }

        /** Whole lines only: the rest of a line that is being written comes with the next look. */
        List<String> news() {
            if (Files.notExists(log)) {
                return List.of();
            }
            try (var channel = Files.newByteChannel(log)) {
                if (channel.size() < position) {
                    position = 0;
                }
                channel.position(position);
                byte[] bytes = Channels.newInputStream(channel).readAllBytes();
                int end = bytes.length;
                while (end > 0 && bytes[end - 1] != '\n') {
                    end--;
                }
                position += end;
                return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + log, e);
            }
        }

        static long startOfLast(Path log, int lines) {
            if (Files.notExists(log)) {
                return 0;
            }
            try {
                byte[] all = Files.readAllBytes(log);
                int at = all.length;
                int seen = 0;
                while (at > 0) {
                    if (all[at - 1] == '\n' && seen++ == lines) {
                        break;
                    }
                    at--;
                }
                return at;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + log, e);
            }
        }
    }
}
