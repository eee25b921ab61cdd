package io.centurions.runtime.intake.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.webhooks.Origin;
import io.centurions.runtime.intake.Arrived;
import io.centurions.runtime.intake.InstanceAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What of a body's updates is ours, and what is nobody's yet.
 *
 * @param instances those that something arrived for
 * @param unknown   accounts that are nobody's
 * @param nobodys   the entries that speak of them, these very ones
 */
record Ours(
        List<Arrived> arrived, Map<InstanceId, InstanceAddress> instances, Set<String> unknown, Set<JsonNode> nobodys) {

    /** Asks for each account once, however many updates name it. */
    static Ours of(List<Addressed> updates, Function<String, Optional<InstanceAddress>> byAccount) {
        Map<String, Optional<InstanceAddress>> asked = new HashMap<>();
        Ours ours = new Ours(
                new ArrayList<>(updates.size()),
                new LinkedHashMap<>(),
                new LinkedHashSet<>(),
                Collections.newSetFromMap(new IdentityHashMap<>()));
        for (Addressed update : updates) {
            update.accounts().stream()
                    .map(account -> asked.computeIfAbsent(account, byAccount))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresentOrElse(instance -> ours.add(update, instance), () -> ours.addNobodys(update));
        }
        return ours;
    }

    private void add(Addressed update, InstanceAddress instance) {
        instances.put(instance.id(), instance);
        arrived.add(new Arrived(instance.id(), update.incoming()));
    }

    private void addNobodys(Addressed update) {
        unknown.add(update.accounts().getFirst());
        nobodys.add(update.entry());
    }

    boolean whole() {
        return unknown.isEmpty();
    }

    // A body may carry several accounts of several companies; then it is nobody's in particular.
    Origin origin() {
        if (instances.size() != 1) {
            return ReceiveInstagram.NOBODYS;
        }
        InstanceAddress only = instances.values().iterator().next();
        return Origin.of(
                ReceiveInstagram.PROVIDER,
                ReceiveInstagram.ADDRESS,
                only.company(),
                only.id().value());
    }
}
