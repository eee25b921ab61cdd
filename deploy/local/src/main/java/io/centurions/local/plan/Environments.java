package io.centurions.local.plan;

import io.centurions.local.place.Chosen;
import io.centurions.local.place.Ports;
import io.centurions.local.place.Secrets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What each service is told: where the parts are, and its own login and keys. A real part's values come from the outer environment, and only to the service that needs them. */
final class Environments {

    /** The discard port of this machine, where nobody listens. */
    private static final String NOWHERE = "http://127.0.0.1:9";

    private final Chosen chosen;
    private final Ports ports;
    private final Parts parts;
    private final Secrets secrets;
    private final Stores stores;
    private final boolean humanPace;

    Environments(Chosen chosen, Parts parts, Secrets secrets, Stores stores) {
        this.chosen = chosen;
        this.ports = chosen.ports();
        this.humanPace = chosen.humanPace();
        this.parts = parts;
        this.secrets = secrets;
        this.stores = stores;
    }

    Map<String, String> of(Replica replica) {
        Service service = replica.service();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("PORT", Integer.toString(replica.port()));
        all.put("MANAGEMENT_PORT", Integer.toString(replica.managementPort()));
        // Simulated sign-in opens everything to whoever reaches it, so only this machine does, unless told otherwise.
        all.put("HOST", parts.given("FLEET_HOST").orElse("127.0.0.1"));
        all.put("PACE", humanPace ? "human" : "fast");
        stores(all, service);
        issuer(all, service);
        switch (service) {
            case BACKOFFICE -> backoffice(all);
            case RUNTIME -> {
                telegram(all);
                instagram(all);
                model(all);
                vault(all);
            }
            case EVOLUTION -> whatsapp(all);
            case AUTENTIQUE -> autentique(all);
            case CAPI -> conversions(all);
        }
        webhooks(all, service);
        // glibc keeps an arena per thread otherwise: tens of MiB that are never used again.
        all.put("MALLOC_ARENA_MAX", "2");
        return all;
    }

    private void stores(Map<String, String> all, Service service) {
        all.put("DATABASE_URL", stores.database().forServices());
        all.put("DATABASE_USER", stores.database().login(service.role()));
        all.put("DATABASE_PASSWORD", secrets.password(service.role()));
        all.put("REDIS_URL", stores.redis());
        // Where secrets are sealed or opened; Autentique's are the installation's own.
        if (service != Service.AUTENTIQUE) {
            all.put("SECRETS_KEYRING", stores.keyRing());
        }
    }

    private void issuer(Map<String, String> all, Service service) {
        boolean isReal = parts.isReal(Part.ISSUER);
        all.put("OIDC_ISSUER", real(isReal, "OIDC_ISSUER", sandbox("/oidc")));
        all.put("OIDC_CLIENT_ID", isReal ? parts.given("OIDC_CLIENT_ID").orElse(service.module()) : service.module());
        if (isReal) {
            // The given client is the one that the back office calls the others by, so they must know it.
            parts.given("OIDC_CLIENT_ID").ifPresent(client -> all.put("BACKOFFICE_CLIENT_ID", client));
        }
    }

    // The only one that calls its neighbours, with a token of its own.
    private void backoffice(Map<String, String> all) {
        boolean isReal = parts.isReal(Part.ISSUER);
        all.put(
                "OIDC_CLIENT_SECRET",
                isReal ? parts.given("OIDC_CLIENT_SECRET").orElse("") : Service.BACKOFFICE.module() + "-secret");
        all.put("EVOLUTION_MANAGER_URL", Service.EVOLUTION.front(chosen));
        all.put("AGENT_RUNTIME_URL", Service.RUNTIME.front(chosen));
        all.put("AUTENTIQUE_SERVICE_URL", Service.AUTENTIQUE.front(chosen));
        modelAddresses(all);
        files(all);
    }

    // A folder of this fleet, unless another folder or a bucket is named.
    private void files(Map<String, String> all) {
        all.put("STORAGE_FOLDER", parts.given("STORAGE_FOLDER").orElse(stores.files()));
        all.put(
                "STORAGE_SIGNING_KEY",
                parts.given("STORAGE_SIGNING_KEY").orElseGet(() -> secrets.password("storage_signing_key")));
        // What else is said of a bucket is inherited: it holds no secret.
        pass(all, "S3_ACCESS_KEY");
        pass(all, "S3_SECRET_KEY");
    }

    private void webhooks(Map<String, String> all, Service service) {
        if (service == Service.BACKOFFICE || service == Service.CAPI) {
            return;
        }
        boolean reachedFromOutside =
                switch (service) {
                    case EVOLUTION -> parts.isReal(Part.WHATSAPP);
                    case RUNTIME -> parts.isReal(Part.TELEGRAM) || parts.isReal(Part.META);
                    case AUTENTIQUE -> parts.isReal(Part.AUTENTIQUE);
                    case BACKOFFICE, CAPI -> false;
                };
        String here = service.front(chosen);
        all.put("WEBHOOK_BASE_URL", reachedFromOutside ? parts.publicAddress().orElse(here) : here);
    }

    private void whatsapp(Map<String, String> all) {
        boolean isReal = parts.isReal(Part.WHATSAPP);
        all.put("EVOLUTION_API_URL", real(isReal, "EVOLUTION_API_URL", sandbox("/evolution")));
        all.put("EVOLUTION_API_KEY", real(isReal, "EVOLUTION_API_KEY", "sandbox-evolution-key"));
    }

    private void telegram(Map<String, String> all) {
        boolean isReal = parts.isReal(Part.TELEGRAM);
        all.put(
                "TELEGRAM_API_URL",
                isReal ? parts.given("TELEGRAM_API_URL").orElse("https://api.telegram.org") : sandbox("/telegram"));
        // The bot's token is sealed with its channel.
        // Telegram cannot call localhost; the simulator can.
        all.put("TELEGRAM_MODE", isReal && parts.publicAddress().isEmpty() ? "polling" : "webhook");
    }

    private void instagram(Map<String, String> all) {
        boolean isReal = parts.isReal(Part.META);
        all.put(
                "INSTAGRAM_GRAPH_URL",
                isReal
                        ? parts.given("INSTAGRAM_GRAPH_URL").orElse("https://graph.instagram.com")
                        : sandbox("/instagram"));
        all.put("META_APP_SECRET", secret(isReal, "META_APP_SECRET", "sandbox-app-secret"));
        all.put("META_VERIFY_TOKEN", secret(isReal, "META_VERIFY_TOKEN", "sandbox-verify-token"));
    }

    private void conversions(Map<String, String> all) {
        boolean isReal = parts.isReal(Part.META);
        all.put(
                "META_GRAPH_URL",
                isReal ? parts.given("META_GRAPH_URL").orElse("https://graph.facebook.com") : sandbox("/meta"));
        all.put("META_ACCESS_TOKEN", real(isReal, "META_ACCESS_TOKEN", "sandbox-meta-token"));
        if (isReal) {
            pass(all, "META_PROOF_SECRET");
        }
    }

    private void autentique(Map<String, String> all) {
        boolean isReal = parts.isReal(Part.AUTENTIQUE);
        all.put(
                "AUTENTIQUE_URL",
                isReal
                        ? parts.given("AUTENTIQUE_URL").orElse("https://api.autentique.com.br/v2/graphql")
                        : sandbox("/autentique/v2/graphql"));
        all.put("AUTENTIQUE_TOKEN", real(isReal, "AUTENTIQUE_TOKEN", "sandbox-autentique-token"));
        all.put(
                "AUTENTIQUE_WEBHOOK_SECRET",
                secret(isReal, "AUTENTIQUE_WEBHOOK_SECRET", "sandbox-autentique-webhook-secret"));
    }

    // A provider that is not set leads nowhere: what leads write leaves this machine only for one that was named.
    private void model(Map<String, String> all) {
        modelAddresses(all);
        openAiKey(all);
        pass(all, "ANTHROPIC_API_KEY");
        if (parts.given("ANTHROPIC_API_KEY").isEmpty()) {
            all.put("CENTURIONS_MODEL_ANTHROPIC_BASE_URL", NOWHERE);
        }
        pass(all, "OLLAMA_API_KEY");
    }

    // A company may type these, so whoever publishes knows them too.
    private void modelAddresses(Map<String, String> all) {
        String unnamed = parts.isReal(Part.MODEL) ? NOWHERE : sandbox("/openai/v1");
        all.put(
                "OPENAI_BASE_URL",
                parts.given("OPENAI_BASE_URL").orElse(isOpenAiNamed() ? "https://api.openai.com/v1" : unnamed));
        all.put("OLLAMA_BASE_URL", parts.given("OLLAMA_BASE_URL").orElse(NOWHERE));
    }

    private void openAiKey(Map<String, String> all) {
        if (isOpenAiNamed()) {
            // A local OpenAI-compatible server wants no key, but the client wants something to send.
            all.put("OPENAI_API_KEY", parts.given("OPENAI_API_KEY").orElse("none"));
            pass(all, "OPENAI_MODEL");
        } else if (parts.isReal(Part.MODEL)) {
            all.put("OPENAI_API_KEY", "none");
        } else {
            all.put("OPENAI_API_KEY", "sandbox-model-key");
            all.put("OPENAI_MODEL", "sandbox-model");
        }
    }

    private boolean isOpenAiNamed() {
        return parts.given("OPENAI_API_KEY").isPresent()
                || parts.given("OPENAI_BASE_URL").isPresent();
    }

    // Only where configurations refer to it.
    private void vault(Map<String, String> all) {
        for (String name : new String[] {"VAULT_ADDR", "VAULT_TOKEN", "VAULT_TOKEN_FILE", "VAULT_NAMESPACE"}) {
            pass(all, name);
        }
    }

    private void pass(Map<String, String> all, String name) {
        parts.given(name).ifPresent(value -> all.put(name, value));
    }

    private String real(boolean isReal, String name, String simulated) {
        return isReal ? parts.given(name).orElse("") : simulated;
    }

    // Beside a real provider the simulator's well-known secret would let anyone forge a webhook: an unguessable one
    // refuses all.
    private String secret(boolean isReal, String name, String simulated) {
        return isReal ? parts.given(name).orElseGet(() -> secrets.password(name.toLowerCase(Locale.ROOT))) : simulated;
    }

    private String sandbox(String path) {
        return "http://localhost:" + ports.sandbox() + path;
    }
}
