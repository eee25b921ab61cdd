package io.centurions.story.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** The back office as its owner uses it, one method per act. Paths are those of its public API. */
public final class Backoffice {

    private final Http api;

    private Backoffice(Http api) {
        this.api = api;
    }

    public static Backoffice at(String address, String token) {
        return new Backoffice(new Http(address, Map.of("Authorization", "Bearer " + token)));
    }

    /** As somebody who has no token: a visitor of a web page. */
    public static Backoffice anonymous(String address) {
        return new Backoffice(new Http(address, Map.of()));
    }

    public JsonNode createCompany(String name, String slug) {
        return api.post("/v1/companies", Map.of("name", name, "slug", slug));
    }

    public JsonNode createCenturion(String company, String name, Map<String, Object> config) {
        return api.post(company(company) + "/centurions", Map.of("name", name, "config", config));
    }

    public JsonNode publish(String company, String centurion) {
        return api.post(company(company) + "/centurions/" + centurion + "/publish", Map.of());
    }

    public JsonNode createChannel(String company, Map<String, Object> channel) {
        return api.post(company(company) + "/channels", channel);
    }

    public JsonNode channel(String company, String id) {
        return api.get(company(company) + "/channels/" + id);
    }

    public JsonNode createPixel(String company, Map<String, Object> pixel) {
        return api.post(company(company) + "/pixels", pixel);
    }

    public JsonNode createForm(String company, Map<String, Object> form) {
        return api.post(company(company) + "/lead-forms", form);
    }

    public JsonNode createTemplate(String company, Map<String, Object> template) {
        return api.post(company(company) + "/contract-templates", template);
    }

    public JsonNode submitForm(String key, Map<String, Object> fields) {
        return api.post("/public/leads/" + key, fields);
    }

    public Optional<JsonNode> findLead(String company, Predicate<JsonNode> wanted) {
        return items(company(company) + "/leads?limit=200").stream()
                .filter(wanted)
                .findFirst();
    }

    public JsonNode lead(String company, String id) {
        return api.get(company(company) + "/leads/" + id);
    }

    public List<JsonNode> messages(String company, String conversation) {
        return items(company(company) + "/conversations/" + conversation + "/messages?limit=200");
    }

    /** From the index of the core, not from the company's schema. */
    public Optional<JsonNode> dealInIndex(String company, String lead) {
        return items(company(company) + "/deals?limit=200").stream()
                .filter(deal -> deal.path("leadId").asText().equals(lead))
                .findFirst();
    }

    /** From the company's own schema. */
    public JsonNode deal(String company, String id) {
        return api.get(company(company) + "/deals/" + id);
    }

    public JsonNode changeDeal(String company, String id, Map<String, Object> change) {
        return api.put(company(company) + "/deals/" + id, change);
    }

    public JsonNode createContract(String company, String deal, Map<String, Object> contract) {
        return api.post(company(company) + "/deals/" + deal + "/contracts", contract);
    }

    public JsonNode contract(String company, String id) {
        return api.get(company(company) + "/contracts/" + id);
    }

    public List<JsonNode> conversions(String company) {
        return items(company(company) + "/conversions?limit=200");
    }

    private List<JsonNode> items(String path) {
        return StreamSupport.stream(api.get(path).path("items").spliterator(), false)
                .toList();
    }

    private static String company(String id) {
        return "/v1/companies/" + id;
    }
}
