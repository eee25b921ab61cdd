package io.centurions.local.plan;

import io.centurions.local.place.Ports;

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

    public int port(Ports ports) {
        return ports.at(offset);
    }

    public String address(Ports ports) {
        return "http://localhost:" + port(ports);
    }
}
