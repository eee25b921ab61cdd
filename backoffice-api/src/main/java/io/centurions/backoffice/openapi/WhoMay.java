package io.centurions.backoffice.openapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One line of {@code role-matrix.txt}: whom an endpoint lets in. */
final class WhoMay {

    private static final String SIGNED_IN = "signed_in";
    private static final String NOBODY = "nobody";
    private static final List<String> BY_API_KEY = List.of("crm_user", "marketing_admin");

    private final String endpoint;
    private final Map<String, String> cells = new LinkedHashMap<>();

    private WhoMay(String endpoint) {
        this.endpoint = endpoint;
    }

    /** The whole matrix, by method and path. */
    static Map<String, WhoMay> matrix() {
        List<List<String>> rows = Written.lines("/role-matrix.txt").stream()
                .map(line -> Arrays.asList(line.strip().split("\\s+")))
                .toList();
        List<String> head = rows.getFirst();
        Map<String, WhoMay> matrix = new LinkedHashMap<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            WhoMay who = new WhoMay(row.get(0) + " " + row.get(1));
            for (int column = 2; column < head.size(); column++) {
                who.cells.put(head.get(column), row.get(column));
            }
            matrix.put(who.endpoint, who);
        }
        return matrix;
    }

    boolean needsToken() {
        return !lets(NOBODY);
    }

    /** There are people who are signed in and yet may not. */
    boolean refusesSomebody() {
        return needsToken() && !lets(SIGNED_IN);
    }

    /** A company's own program may, with a key of the company. */
    boolean letsApiKeys() {
        return needsToken()
                && endpoint.contains("{companyId}")
                && BY_API_KEY.stream().anyMatch(this::lets);
    }

    String inWords() {
        if (!needsToken()) {
            return "Needs no token.";
        }
        if (!refusesSomebody()) {
            return "For everybody who is signed in.";
        }
        List<String> groups = new ArrayList<>();
        rolesWith("any").ifPresent(roles -> groups.add(roles + " of any company"));
        rolesWith("own").ifPresent(roles -> groups.add(roles + " of the own company"));
        rolesWith("yes").ifPresent(groups::add);
        return "For " + String.join("; ", groups) + ".";
    }

    private Optional<String> rolesWith(String cell) {
        String roles = cells.entrySet().stream()
                .filter(entry -> entry.getValue().equals(cell))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return roles.isEmpty() ? Optional.empty() : Optional.of(roles);
    }

    private boolean lets(String role) {
        return !cells.get(role).equals("-");
    }
}
