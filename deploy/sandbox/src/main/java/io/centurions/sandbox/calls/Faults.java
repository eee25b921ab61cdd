package io.centurions.sandbox.calls;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults in force, oldest first. One that is used up disappears. */
final class Faults {

    /**
     * What goes wrong. Without a status the call is only late and then really done; with one it is not done at all.
     *
     * @param path  part of the path, null for every path of the provider
     * @param times how often it still happens, null for until it is deleted
     */
    private static final class Fault {
        private final JsonObject asked;
        private Integer left;

        private Fault(JsonObject asked) {
            this.asked = asked;
            this.left = asked.getInteger("times");
        }

        private boolean meets(String provider, String uri) {
            String path = asked.getString("path");
            return asked.getString("provider").equals(provider) && (path == null || uri.contains(path));
        }
    }

    private final List<Fault> faults = new ArrayList<>();

    void add(JsonObject asked) {
        faults.add(new Fault(asked));
    }

    void clear() {
        faults.clear();
    }

    /** Takes the first fault that meets the call, and counts it. */
    Optional<JsonObject> take(String provider, String uri) {
        for (Fault fault : faults) {
            if (fault.meets(provider, uri)) {
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
        faults.forEach(fault -> listed.add(fault.asked.copy().put("left", fault.left)));
        return listed;
    }
}
