package io.centurions.local.plan;

import io.centurions.local.place.Chosen;
import io.centurions.local.place.Ports;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The five services in the order in which they are listed, with what the launcher must know of each. */
public enum Service {
    BACKOFFICE("backoffice-api", 0, "backoffice_app", "governance"),
    RUNTIME("agent-runtime", 1, "runtime_app", "conversation"),
    EVOLUTION("evolution-manager", 2, "evolution_app", "channels"),
    AUTENTIQUE("autentique-service", 3, "autentique_app", "contracts"),
    CAPI("capi-dispatcher", 4, "capi_app", "marketing");

    private final String module;
    private final int offset;
    private final String role;
    private final String slice;

    Service(String module, int offset, String role, String slice) {
        this.module = module;
        this.offset = offset;
        this.role = role;
        this.slice = slice;
    }

    /** The module's folder, which is also its name everywhere else. */
    public String module() {
        return module;
    }

    /** The login it runs as. */
    public String role() {
        return role;
    }

    /** The migrations it owns. */
    public String slice() {
        return slice;
    }

    /** The port of its first process. */
    public int port(Ports ports) {
        return ports.at(offset);
    }

    /** The address of its first process. */
    public String address(Ports ports) {
        return at(port(ports));
    }

    /** Its processes; more than one only where the service may have several. */
    public Stream<Replica> replicas(Chosen chosen) {
        return IntStream.rangeClosed(1, isReplicated() ? chosen.replicas() : 1)
                .mapToObj(number -> new Replica(this, number, chosen.ports().replica(offset, number)));
    }

    /** Where others reach it, whichever of its processes answers: providers with webhooks, neighbours with calls. */
    public String front(Chosen chosen) {
        return at(hasBalancer(chosen) ? frontPort(chosen.ports()) : port(chosen.ports()));
    }

    boolean hasBalancer(Chosen chosen) {
        return isReplicated() && chosen.replicas() > 1;
    }

    int frontPort(Ports ports) {
        return ports.front(offset);
    }

    private boolean isReplicated() {
        return this == RUNTIME || this == EVOLUTION;
    }

    private static String at(int port) {
        return "http://localhost:" + port;
    }
}
