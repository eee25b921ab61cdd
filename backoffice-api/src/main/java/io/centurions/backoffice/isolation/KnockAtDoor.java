package io.centurions.backoffice.isolation;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Comes to our own API over the wire, with a key of the own company, and asks every address of a company that
 * only reads: as the other company's; for the other's things as its own; and its own lists, for what is the
 * other's.
 */
@ApplicationScoped
class KnockAtDoor implements Attack {

    private static final String COMPANY = "/v1/companies/{companyId}";
    private static final Pattern NAMES_A_THING = Pattern.compile(".*/\\{\\w+}.*");

    private final CanaryKeys keys;
    private final OwnApi api;
    private final List<String> addresses = addresses();

    KnockAtDoor(CanaryKeys keys, OwnApi api) {
        this.keys = keys;
        this.api = api;
    }

    @Override
    public String name() {
        return "api";
    }

    @Override
    public List<String> attempt(Canary attacker, Canary victim) {
        String key = keys.bind(attacker);
        List<String> got = new ArrayList<>();
        RuntimeException untried = null;
        for (String address : addresses) {
            try {
                got.addAll(reached(key, address, attacker, victim));
            } catch (RuntimeException e) {
                // What is open elsewhere is told all the same.
                untried = e;
            }
        }
        if (got.isEmpty() && untried != null) {
            throw untried;
        }
        // A key that opens nothing at all would find every wall standing.
        if (got.isEmpty() && api.shown(key, at(COMPANY, attacker, attacker)).isEmpty()) {
            throw new IllegalStateException("the canary's key does not open its own company, so the API is not tried");
        }
        return got;
    }

    private List<String> reached(String key, String address, Canary attacker, Canary victim) {
        List<String> got = new ArrayList<>();
        if (api.shown(key, at(address, victim, victim)).isPresent()) {
            got.add("GET " + address);
        }
        if (tells(key, address, attacker, victim)) {
            got.add("GET " + address + " under the own company");
        }
        return got;
    }

    // Of the other's things those are asked for that a canary has.
    private boolean tells(String key, String address, Canary attacker, Canary victim) {
        boolean thing =
                NAMES_A_THING.matcher(address.substring(COMPANY.length())).matches();
        if (thing && things(victim).keySet().stream().noneMatch(kind -> address.contains("/" + kind + "/"))) {
            return false;
        }
        return api.shown(key, at(address, attacker, victim))
                .filter(body -> thing
                        || body.contains(victim.word())
                        || body.contains(victim.company().value().toString()))
                .isPresent();
    }

    private static String at(String address, Canary company, Canary victim) {
        String filled = address.replace("{companyId}", company.company().value().toString());
        for (var thing : things(victim).entrySet()) {
            filled = filled.replace("/" + thing.getKey() + "/{id}", "/" + thing.getKey() + "/" + thing.getValue());
        }
        return filled.replace("{number}", "1")
                .replace("{name}", "canary")
                .replace("{id}", victim.centurion().toString());
    }

    private static Map<String, UUID> things(Canary victim) {
        return Map.of(
                "centurions", victim.centurion(),
                "channels", victim.instance(),
                "files", victim.file(),
                "api-keys", victim.key(),
                "people", victim.person());
    }

    /** Those of the written matrix, so that a new one is tried from the day it is there. */
    private static List<String> addresses() {
        try (InputStream matrix = KnockAtDoor.class.getResourceAsStream("/role-matrix.txt")) {
            return new String(matrix.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("GET "))
                    .map(line -> line.split("\\s+")[1])
                    .filter(address -> address.startsWith(COMPANY))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the role matrix cannot be read", e);
        }
    }
}
