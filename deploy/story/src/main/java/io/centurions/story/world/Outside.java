package io.centurions.story.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The simulated outside world: the issuer of sign-ins, telephones, the providers' panels and what they were called with. */
public final class Outside {

    private final Http sandbox;

    private Outside(Http sandbox) {
        this.sandbox = sandbox;
    }

    public static Outside at(String address) {
        return new Outside(new Http(address, Map.of()));
    }

    /** A person's token, as the sign-in page would get it. */
    public String signIn(String email, String password) {
        String form = "grant_type=password&client_id=backoffice-web&username=" + email.replace("@", "%40")
                + "&password=" + password;
        return sandbox.postForm("/oidc/token", form).path("access_token").asText();
    }

    public Phone phone(String channel, String account, String from, String name) {
        return new Phone(sandbox, channel, account, from, name);
    }

    /** The webhook as it is registered at Evolution. */
    public JsonNode webhookAtEvolution(String instance) {
        return sandbox.with("apikey", "sandbox-evolution-key").get("/evolution/webhook/find/" + instance);
    }

    /** Everybody signs the document. */
    public JsonNode sign(String document) {
        return sandbox.post("/autentique/documents/" + document + "/sign", Map.of());
    }

    /** The events that Meta accepted for a dataset, each as it was posted. */
    public List<JsonNode> conversionsAtMeta(String dataset) {
        return StreamSupport.stream(sandbox.get("/calls?provider=meta").spliterator(), false)
                .filter(call -> call.path("path").asText().contains("/" + dataset + "/events")
                        && call.path("status").asInt() == 200)
                .flatMap(call ->
                        StreamSupport.stream(call.path("body").path("data").spliterator(), false))
                .toList();
    }
}
