package io.centurions.sandbox.evolution;

import io.centurions.sandbox.wire.StateFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All instances by name; registrations, tokens and states survive a restart, messages do not. */
final class Instances {

    private static final String SECTION = "evolution";

    private final Map<String, Instance> byName = new LinkedHashMap<>();
    private final StateFile state;

    Instances(StateFile state) {
        this.state = state;
        state.read(SECTION)
                .map(section -> section.getJsonArray("instances"))
                .ifPresent(rows -> rows.forEach(row -> {
                    Instance instance = Instance.remembered((JsonObject) row);
                    byName.put(instance.name(), instance);
                }));
    }

    Optional<Instance> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Collection<Instance> all() {
        return byName.values();
    }

    void add(Instance instance) {
        byName.put(instance.name(), instance);
        changed();
    }

    void remove(Instance instance) {
        byName.remove(instance.name());
        changed();
    }

    void changed() {
        JsonArray rows = new JsonArray();
        byName.values().forEach(instance -> rows.add(instance.toRemember()));
        state.write(SECTION, new JsonObject().put("instances", rows));
    }
}
