package io.centurions.backoffice.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Reads our tables and examples from the class path. */
final class Written {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Written() {}

    /** The lines of a table, without comments and blank ones. */
    static List<String> lines(String resource) {
        return new String(bytes(resource), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    /** The columns of a line: two blanks or more stand between them, the last one keeps its own. */
    static List<String> columns(String line, int count) {
        List<String> columns = Arrays.asList(line.strip().split("\\s{2,}", count));
        if (columns.size() != count) {
            throw new IllegalStateException("not " + count + " columns: " + line);
        }
        return columns;
    }

    static JsonNode json(String resource) {
        try {
            return JSON.readTree(bytes(resource));
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " is no JSON", e);
        }
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = Written.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }
}
