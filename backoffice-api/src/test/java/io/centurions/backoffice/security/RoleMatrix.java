package io.centurions.backoffice.security;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The written matrix, and for each endpoint that takes a body one that is well-formed. */
final class RoleMatrix {

    static final String SIGNED_IN = "signed_in";
    static final String NOBODY = "nobody";

    private RoleMatrix() {}

    /**
     * One endpoint.
     *
     * @param cells by column: any, own, yes or -
     */
    record Line(String method, String path, Map<String, String> cells) {

        String endpoint() {
            return method + " " + path;
        }

        String cell(String role) {
            return cells.get(role);
        }

        boolean ofCompany() {
            return path.contains("{companyId}");
        }
    }

    static List<Line> lines() {
        List<List<String>> rows = text("/role-matrix.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> Arrays.asList(line.strip().split("\\s+")))
                .toList();
        List<String> head = rows.getFirst();
        return rows.stream().skip(1).map(row -> line(head, row)).toList();
    }

    /** Endpoints of a company that {@code operations.txt} says to end something. */
    static Set<String> ending() {
        return text("/operations.txt")
                .lines()
                .map(line -> line.split("\\s+"))
                .filter(row -> row.length > 3 && row[3].contains("+ends"))
                .map(row -> row[0] + " " + row[1])
                .collect(Collectors.toSet());
    }

    static JsonObject bodies() {
        return new JsonObject(text("/request-examples.json"));
    }

    private static Line line(List<String> head, List<String> row) {
        if (row.size() != head.size()) {
            throw new AssertionError("not " + head.size() + " columns: " + row);
        }
        Map<String, String> cells = new LinkedHashMap<>();
        for (int column = 2; column < head.size(); column++) {
            cells.put(head.get(column), row.get(column));
        }
        return new Line(row.get(0), row.get(1), cells);
    }

    private static String text(String resource) {
        try (InputStream in = RoleMatrix.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }
}
