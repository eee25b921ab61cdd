package io.centurions.platform.testkit;

import io.centurions.platform.testkit.cut.CuttingProxy;
import io.centurions.sandbox.Sandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Starts the sandbox in this process and points every provider's setting at it, under the names the fleet uses. */
public class SimulatedProviders implements QuarkusTestResourceLifecycleManager {

    private Sandbox sandbox;

    @Override
    public Map<String, String> start() {
        sandbox = started();
        URI address = URI.create(sandbox.baseUrl());
        CuttingProxy proxy = CuttingProxy.http("providers", address.getHost(), address.getPort());
        // What the application under test calls can be cut, see Cuts; tests and tokens go straight to the sandbox.
        String url = "http://localhost:" + proxy.port();
        Map<String, String> config = new LinkedHashMap<>();
        config.put("sandbox.url", sandbox.baseUrl());
        config.put("EVOLUTION_API_URL", url + "/evolution");
        config.put("EVOLUTION_API_KEY", "sandbox-evolution-key");
        config.put("TELEGRAM_API_URL", url + "/telegram");
        config.put("INSTAGRAM_GRAPH_URL", url + "/instagram");
        config.put("META_GRAPH_URL", url + "/meta");
        config.put("META_APP_SECRET", "sandbox-app-secret");
        config.put("META_VERIFY_TOKEN", "sandbox-verify-token");
        config.put("META_ACCESS_TOKEN", "sandbox-meta-token");
        config.put("AUTENTIQUE_URL", url + "/autentique/v2/graphql");
        config.put("AUTENTIQUE_TOKEN", "sandbox-autentique-token");
        config.put("AUTENTIQUE_WEBHOOK_SECRET", "sandbox-autentique-webhook-secret");
        config.put("OPENAI_BASE_URL", url + "/openai/v1");
        config.put("OPENAI_API_KEY", "sandbox-model-key");
        config.put("OPENAI_MODEL", "simulated-1");
        config.put("OIDC_ISSUER", sandbox.baseUrl() + "/oidc");
        config.put("VAULT_ADDR", url + "/vault");
        config.put("VAULT_TOKEN", "sandbox-vault-token");
        config.put("PACE", "fast");
        return config;
    }

    // Vert.x looks for its JSON codec once, through the loader of the thread that asks first: it must be the loader
    // that the sandbox's classes come from, and Quarkus has several.
    private static Sandbox started() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Sandbox.class.getClassLoader());
        try {
            Sandbox started = Sandbox.start(0);
            new JsonObject().put("codec", "found").encode();
            return started;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void stop() {
        if (sandbox != null) {
            sandbox.close();
        }
    }
}
