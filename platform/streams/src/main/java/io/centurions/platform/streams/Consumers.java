package io.centurions.platform.streams;

import io.centurions.contracts.EventTypes;
import io.centurions.contracts.Groups;
import io.centurions.contracts.Streams;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** This service's consumers by the type that they handle, each in the registry of groups. */
@ApplicationScoped
class Consumers {

    private final Map<String, WorkConsumer<?>> byType = new TreeMap<>();

    Consumers(@All List<WorkConsumer<?>> consumers, @ConfigProperty(name = "quarkus.application.name") String service) {
        for (WorkConsumer<?> consumer : consumers) {
            String type = EventTypes.typeOf(consumer.event());
            if (!Groups.work(type).contains(service)) {
                throw new IllegalStateException(service + " is no group of " + type + " in the registry");
            }
            if (byType.putIfAbsent(type, consumer) != null) {
                throw new IllegalStateException("two consumers of " + type + " in " + service);
            }
        }
    }

    boolean none() {
        return byType.isEmpty();
    }

    Set<String> types() {
        return byType.keySet();
    }

    /** The keys of the streams that are read, always in the same order. */
    List<String> keys() {
        return byType.keySet().stream().map(Streams::key).toList();
    }

    WorkConsumer<?> of(String type) {
        return byType.get(type);
    }
}
