package io.centurions.local.seed;

import io.centurions.local.place.Ports;
import io.centurions.local.plan.Part;
import io.centurions.local.plan.Parts;
import io.centurions.local.plan.Service;
import java.util.Map;
import java.util.Optional;

/**
 * Registers our webhooks where a person would type them into the provider's panel: the one callback of a Meta app and
 * Autentique's endpoint. The other providers are told by the services.
 */
public final class TellSimulators {

    private final Ports ports;
    private final Parts parts;

    public TellSimulators(Ports ports, Parts parts) {
        this.ports = ports;
        this.parts = parts;
    }

    public void tell() {
        Http sandbox = new Http("http://localhost:" + ports.sandbox(), Optional.empty());
        if (!parts.isReal(Part.META)) {
            sandbox.post(
                    "/instagram/_sandbox/subscription",
                    Map.of("url", Service.RUNTIME.address(ports) + "/webhooks/instagram"));
        }
        if (!parts.isReal(Part.AUTENTIQUE)) {
            sandbox.post(
                    "/autentique/_sandbox/endpoint",
                    Map.of(
                            "url",
                            Service.AUTENTIQUE.address(ports) + "/webhooks/autentique/default",
                            "secret",
                            "sandbox-autentique-webhook-secret"));
        }
    }
}
