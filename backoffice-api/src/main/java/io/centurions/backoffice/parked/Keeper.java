package io.centurions.backoffice.parked;

import io.centurions.contracts.Groups;
import io.centurions.platform.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A service that parks what it cannot handle, under its name and with its own tables. */
enum Keeper {
    BACKOFFICE(Groups.BACKOFFICE_API),
    RUNTIME(Groups.AGENT_RUNTIME),
    EVOLUTION(Groups.EVOLUTION_MANAGER),
    AUTENTIQUE(Groups.AUTENTIQUE_SERVICE),
    CAPI(Groups.CAPI_DISPATCHER);

    private final String service;

    Keeper(String service) {
        this.service = service;
    }

    String service() {
        return service;
    }

    /** The end of the names of its tables and functions. */
    String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of a path: a service that does not exist has nothing. */
    static Keeper of(String service) {
        return Arrays.stream(values())
                .filter(keeper -> keeper.service.equals(service))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("service"));
    }

    /** Of a filter: one, or all where none is named. */
    static List<Keeper> filtered(String service) {
        if (service == null || service.isBlank()) {
            return List.of(values());
        }
        return Arrays.stream(values())
                .filter(keeper -> keeper.service.equals(service))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> Problem.badRequest(
                        "service-unknown",
                        Arrays.stream(values()).map(Keeper::service).collect(Collectors.joining(", "))));
    }
}
