package io.centurions.sandbox.calls;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The faults in force, oldest first, those marked {@code first} before all. One that is used up disappears. */
final class Faults {

    /**
     * What goes wrong. Without a status the call is only late and then really done; with one it is not done at all. One that
     * hangs does so until its fault is ended.
     *
     * @param path  part of the path, null for every path of the provider
     * @param share of the calls that it meets, from 0 to 1; the others go on to the next fault
     * @param times how often it still happens, null for until it is deleted
     */
    private static final class Fault {
        private final JsonObject asked;
        private Integer left;
        private int hits;

        private Fault(JsonObject asked) {
            this.asked = asked;
            this.left = asked.getInteger("times");
        }

        private boolean meets(String provider, String uri) {
            String path = asked.getString("path");
            return asked.getString("provider").equals(provider)
                    && (path == null || uri.contains(path))
                    && ThreadLocalRandom.current().nextDouble() < asked.getDouble("share", 1.0);
        }

        private JsonObject view() {
            return asked.copy().put("left", left).put("hits", hits);
        }
    }

    private final List<Fault> faults = new ArrayList<>();
    private final Map<Long, List<Runnable>> held = new HashMap<>();
    private long lastId;

    /** Gives it back with the id by which it can be deleted. */
    JsonObject add(JsonObject asked) {
        JsonObject named = asked.copy().put("id", ++lastId);
        faults.add(asked.getBoolean("first", false) ? 0 : faults.size(), new Fault(named));
        return named;
    }

    /** Keeps what is to become of a call until its fault is ended, also where that is used up. */
    void hold(JsonObject fault, Runnable call) {
        held.computeIfAbsent(fault.getLong("id"), first -> new ArrayList<>()).add(call);
    }

    void clear() {
        faults.clear();
        List.copyOf(held.keySet()).forEach(this::release);
    }

    private void release(long id) {
        List<Runnable> calls = held.remove(id);
        if (calls != null) {
            calls.forEach(Runnable::run);
        }
    }

    /** Ends one; what it was, with how often it was met. */
    Optional<JsonObject> remove(long id) {
        Optional<Fault> found =
                faults.stream().filter(fault -> fault.asked.getLong("id") == id).findFirst();
        found.ifPresent(faults::remove);
        release(id);
        return found.map(Fault::view);
    }

    /** Takes the first fault that meets the call, and counts it. */
    Optional<JsonObject> take(String provider, String uri) {
        for (Fault fault : faults) {
            if (fault.meets(provider, uri)) {
                fault.hits++;
                if (fault.left != null && --fault.left <= 0) {
                    faults.remove(fault);
                }
                return Optional.of(fault.asked);
            }
        }
        return Optional.empty();
    }

    JsonArray list() {
        JsonArray listed = new JsonArray();
        faults.forEach(fault -> listed.add(fault.view()));
        return listed;
    }
}
