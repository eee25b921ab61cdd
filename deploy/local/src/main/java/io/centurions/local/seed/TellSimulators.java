package io.centurions.local.seed;

import io.centurions.local.api.Http;
import io.centurions.local.place.Chosen;
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

    private final Chosen chosen;
    private final Parts parts;

    public TellSimulators(Chosen chosen, Parts parts) {
        this.chosen = chosen;
        this.parts = parts;
    }

    public void tell() {
        Http sandbox = new Http("http://localhost:" + chosen.ports().sandbox(), Optional.empty());
        if (!parts.isReal(Part.META)) {
            sandbox.post(
                    "/instagram/_sandbox/subscription",
                    Map.of("url", Service.RUNTIME.front(chosen) + "/webhooks/instagram"));
        }
        if (!parts.isReal(Part.AUTENTIQUE)) {
            sandbox.post(
                    "/autentique/_sandbox/endpoint",
                    Map.of(
                            "url",
                            Service.AUTENTIQUE.front(chosen) + "/webhooks/autentique/default",
                            "secret",
                            "sandbox-autentique-webhook-secret"));
        }
    }
}
