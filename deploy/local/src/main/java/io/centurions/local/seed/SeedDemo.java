package io.centurions.local.seed;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.local.api.Http;
import io.centurions.local.api.SignIn;
import io.centurions.local.place.Ports;
import io.centurions.local.plan.Part;
import io.centurions.local.plan.Parts;
import io.centurions.local.plan.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Makes the company {@code demo} as its owner would: a published Centurion, the three channels, a pixel, a form and a
 * contract template. What is there already stays as it is, so people may change
 * it, except for what ties it to a part that has become real or simulated since: the model's provider, and the accounts of our
 * Telegram and Instagram channels.
 */
public final class SeedDemo {

    private static final String SLUG = "demo";
    private static final String SIMULATED_ACCOUNT = "17841400000000001";
    private static final String DATASET = "100000000000001";
    private static final String PAGE = "/v1/companies?limit=200";

    private final Ports ports;
    private final Parts parts;
    private final DemoCenturion centurion;
    private final List<String> broken = new ArrayList<>();
    private Http api;

    public SeedDemo(Ports ports, Parts parts, boolean humanPace) {
        this.ports = ports;
        this.parts = parts;
        this.centurion = new DemoCenturion(parts.modelProvider(), humanPace);
    }

    /** Tells in one line what there is now. */
    public String seed() {
        if (parts.isReal(Part.ISSUER)) {
            return "no demo company: sign-in is your issuer's, and only its people may make companies";
        }
        api = new Http(Service.BACKOFFICE.address(ports), Optional.of(SignIn.owner(ports)));
        String company = company();
        String bia = centurion(company);
        channel(company, "whatsapp", Map.of("channel", "whatsapp", "name", "Recepção", "centurionId", bia));
        channel(company, "telegram", telegram(bia));
        channel(company, "instagram", instagram(bia));
        introduceInstagram();
        new LabelPhone(ports).label(api);
        pixel(company);
        form(company);
        template(company);
        String line = "demo company \"demo\" with its Centurion and three channels";
        return broken.isEmpty() ? line : line + "; " + String.join(", ", broken);
    }

    private String company() {
        return find(PAGE, "slug", SLUG)
                .orElseGet(() ->
                        api.postOnce("/v1/companies", "demo-company", Map.of("name", "Clínica Demo", "slug", SLUG)))
                .path("id")
                .asText();
    }

    private String centurion(String company) {
        String path = "/v1/companies/" + company + "/centurions";
        JsonNode found = find(path, "name", DemoCenturion.NAME)
                .orElseGet(() -> api.postOnce(
                        path, "demo-centurion", Map.of("name", DemoCenturion.NAME, "config", centurion.config())));
        String id = found.path("id").asText();
        if (found.path("publishedVersion").asInt() == 0) {
            api.post(path + "/" + id + "/publish", Map.of());
            return id;
        }
        centurion.inStep(found).ifPresent(draft -> {
            api.put(path + "/" + id, Map.of("config", draft));
            api.post(path + "/" + id + "/publish", Map.of());
        });
        return id;
    }

    private void channel(String company, String kind, Map<String, Object> body) {
        String path = "/v1/companies/" + company + "/channels";
        List<JsonNode> channels = StreamSupport.stream(
                        api.get(path + "?limit=200").path("items").spliterator(), false)
                .toList();
        ChannelStep step = ChannelStep.decide(
                channels,
                kind,
                body.get("name").toString(),
                Optional.ofNullable(body.get("account")).map(Object::toString));
        step.remove().ifPresent(id -> api.delete(path + "/" + id));
        JsonNode found = step.keep().orElseGet(() -> api.postOnce(path, step.key(), body));
        if (isBroken(found)) {
            found = api.post(path + "/" + found.path("id").asText() + "/connect", Map.of());
        }
        // A real provider that refuses must not keep the rest from starting.
        if (isBroken(found)) {
            broken.add(kind + " is not connected (" + found.path("statusReason").asText() + ")");
        }
    }

    private static boolean isBroken(JsonNode channel) {
        return channel.path("status").asText().equals("error");
    }

    private String telegramToken() {
        return parts.isReal(Part.TELEGRAM)
                ? parts.given("TELEGRAM_BOT_TOKEN").orElseThrow()
                : "700000001:demo-bot-token";
    }

    private Map<String, Object> telegram(String centurionId) {
        String token = telegramToken();
        return Map.of(
                "channel",
                "telegram",
                "name",
                "Telegram",
                "centurionId",
                centurionId,
                "account",
                token.replaceFirst(":.*", ""),
                "accessToken",
                token);
    }

    private Map<String, Object> instagram(String centurionId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("channel", "instagram");
        body.put("name", "Instagram");
        body.put("centurionId", centurionId);
        body.put("account", instagramAccount());
        body.put("accessToken", parts.given("META_ACCESS_TOKEN").orElse("ig-" + instagramAccount()));
        return body;
    }

    private String instagramAccount() {
        // Beside a simulated Meta a real account would be sealed with a simulated token, and stay so.
        return parts.isReal(Part.META)
                ? parts.given("INSTAGRAM_ACCOUNT_ID").orElse(SIMULATED_ACCOUNT)
                : SIMULATED_ACCOUNT;
    }

    // The simulator knows an account, and its phone offers it, once somebody has called with a token of it.
    private void introduceInstagram() {
        if (!parts.isReal(Part.META)) {
            new Http("http://localhost:" + ports.sandbox(), Optional.of("ig-" + instagramAccount()))
                    .get("/instagram/v23.0/me");
        }
    }

    private void pixel(String company) {
        String path = "/v1/companies/" + company + "/pixels";
        String dataset = parts.given("META_DATASET_ID").orElse(DATASET);
        if (find(path, "datasetId", dataset).isEmpty()) {
            api.postOnce(
                    path,
                    "demo-pixel",
                    Map.of("datasetId", dataset, "wabaId", "200000000000001", "pageId", "300000000000001"));
        }
    }

    private void form(String company) {
        String path = "/v1/companies/" + company + "/lead-forms";
        if (find(path, "key", SLUG).isEmpty()) {
            api.postOnce(path, "demo-form", Map.of("name", "Site", "key", SLUG));
        }
    }

    // Templates have no list yet; the idempotency key keeps a second start from making a second one.
    private void template(String company) {
        api.postOnce("/v1/companies/" + company + "/contract-templates", "demo-template", DemoContract.template());
    }

    private Optional<JsonNode> find(String list, String field, String value) {
        return StreamSupport.stream(api.get(list).path("items").spliterator(), false)
                .filter(item -> item.path(field).asText().equals(value)
                        && !item.path("status").asText().equals("deleted"))
                .findFirst();
    }
}
