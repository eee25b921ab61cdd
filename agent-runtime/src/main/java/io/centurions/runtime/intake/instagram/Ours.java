package io.centurions.runtime.intake.instagram;

import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.webhooks.Origin;
import io.centurions.runtime.intake.Arrived;
import io.centurions.runtime.intake.InstanceAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What of a body's updates is ours, and what is nobody's yet.
 *
 * @param parts one for each instance that something arrived for
 */
record Ours(List<Part> parts, List<Addressed> nobodys) {

    /** What arrived for one instance, in the order of the body. */
    record Part(InstanceAddress instance, List<Addressed> updates) {

        List<Arrived> arrived() {
            return Ours.arrived(instance.id(), updates);
        }

        Origin origin(Map<String, String> safeHeaders) {
            return Ours.origin(instance, safeHeaders);
        }
    }

    /**
     * Asks once, for all accounts that the updates name.
     *
     * @param byAccounts whose they are, as far as they are somebody's
     */
    static Ours of(List<Addressed> updates, Function<Set<String>, Map<String, InstanceAddress>> byAccounts) {
        Set<String> accounts =
                updates.stream().flatMap(update -> update.accounts().stream()).collect(Collectors.toSet());
        Map<String, InstanceAddress> instances = byAccounts.apply(accounts);
        Map<InstanceId, Part> parts = new LinkedHashMap<>();
        List<Addressed> nobodys = new ArrayList<>();
        for (Addressed update : updates) {
            whose(update, instances)
                    .map(instance ->
                            parts.computeIfAbsent(instance.id(), id -> new Part(instance, new ArrayList<>())).updates)
                    .orElse(nobodys)
                    .add(update);
        }
        return new Ours(List.copyOf(parts.values()), nobodys);
    }

    /** At which instance it came; nothing when its accounts are nobody's. */
    static Optional<InstanceAddress> whose(Update update, Map<String, InstanceAddress> byAccounts) {
        return update.accounts().stream()
                .map(byAccounts::get)
                .filter(Objects::nonNull)
                .findFirst();
    }

    static Origin origin(InstanceAddress instance, Map<String, String> safeHeaders) {
        return new Origin(
                ReceiveInstagram.PROVIDER,
                ReceiveInstagram.ADDRESS,
                instance.company(),
                instance.id().value(),
                safeHeaders);
    }

    static List<Arrived> arrived(InstanceId instance, List<Addressed> updates) {
        return updates.stream()
                .map(update -> new Arrived(instance, update.incoming()))
                .toList();
    }

    /** What is ours, whosever. */
    List<Arrived> arrived() {
        return parts.stream().flatMap(part -> part.arrived().stream()).toList();
    }

    /** Whether the body speaks to one instance alone, and may be kept for it as it came. */
    boolean isOnes() {
        return parts.size() == 1 && nobodys.isEmpty();
    }
}
