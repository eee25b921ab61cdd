package io.centurions.bench.stage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What a service warned of since this look began: a pool that is exhausted, a call that was given up or a lost lease is in its log. */
public final class Troubles {

    private static final Pattern MESSAGE = Pattern.compile("\"message\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Path log;
    private final long from;

    private Troubles(Path log, long from) {
        this.log = log;
        this.from = from;
    }

    /** Of what is written to that log from now on. */
    public static Troubles from(Path log) {
        try {
            return new Troubles(log, Files.size(log));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    /** The messages of its warnings and errors so far. */
    public List<String> soFar() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(from);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("\"level\":\"WARN\"") || line.contains("\"level\":\"ERROR\""))
                    .map(line -> MESSAGE.matcher(line)
                            .results()
                            .map(found -> found.group(1))
                            .findFirst()
                            .orElse(line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }
}
