package io.centurions.chaos.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The back office as its owner uses it. Paths are those of its public API. */
public final class Backoffice {

    private final Http visitor;
    private final Http owner;

    Backoffice(String address, String token) {
        this.visitor = new Http(address, Map.of());
        this.owner = visitor.with("Authorization", "Bearer " + token);
    }

    /** Any resource of a company, made once per key however often it is asked for. */
    JsonNode create(String path, String key, Object body) {
        return owner.with("Idempotency-Key", key).post(path, body);
    }

    JsonNode publish(String company, String centurion) {
        return owner.post("/v1/companies/" + company + "/centurions/" + centurion + "/publish", Map.of());
    }

    JsonNode channel(String company, String id) {
        return owner.get("/v1/companies/" + company + "/channels/" + id);
    }

    /** A visitor of a web page sends a form. Gives the submission. */
    public String submitForm(String key, Map<String, Object> fields) {
        return visitor.post("/public/leads/" + key, fields).path("submission").asText();
    }

    public void price(String company, String deal, long valueCents) {
        owner.put("/v1/companies/" + company + "/deals/" + deal, Map.of("valueCents", valueCents));
    }

    /** Gives the contract's id; the same key again gives the same contract. */
    public String createContract(String company, String deal, String key, Map<String, Object> contract) {
        return create("/v1/companies/" + company + "/deals/" + deal + "/contracts", key, contract)
                .path("id")
                .asText();
    }

    /** Gives a conversation back to the machine. Gives who has it then. */
    public String giveBack(String company, String conversation, String key) {
        return create("/v1/companies/" + company + "/conversations/" + conversation + "/return", key, Map.of())
                .path("state")
                .asText();
    }

    public JsonNode contract(String company, String id) {
        return owner.get("/v1/companies/" + company + "/contracts/" + id);
    }
}
