package io.centurions.local.plan;

import io.centurions.local.place.Ports;
import io.centurions.local.process.Probe;
import io.centurions.local.process.TakenPort;
import java.util.Optional;

/** Ready when a service says so on its operators' port, and listens on its own: it opens the two at about the same time. */
public final class ServiceProbe implements Probe {

    private final int port;
    private final HttpProbe health;

    /** @param port where the service listens */
    public ServiceProbe(int port) {
        this.port = port;
        this.health = new HttpProbe("http://localhost:" + Ports.management(port) + "/q/health/ready");
    }

    @Override
    public Optional<String> missing() {
        return health.missing()
                .or(() -> TakenPort.isFree(port) ? Optional.of("nobody listens on port " + port) : Optional.empty());
    }
}
