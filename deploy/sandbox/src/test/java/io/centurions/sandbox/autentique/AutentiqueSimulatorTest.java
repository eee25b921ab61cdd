package io.centurions.sandbox.autentique;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.sandbox.Fixture;
import io.centurions.sandbox.Fleet.Webhook;
import io.centurions.sandbox.Http;
import io.centurions.sandbox.Running;
import io.centurions.sandbox.wire.Hmac;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AutentiqueSimulatorTest extends Running {

    private static final String[] KEY = {"Authorization", "Bearer sandbox-autentique-token"};
    private static final byte[] PDF = "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);

    @BeforeEach
    void endpoint() {
        fleet.forget();
        http.post(
                "/autentique/_sandbox/endpoint",
                new JsonObject()
                        .put("url", fleet.url("/webhooks/autentique/default"))
                        .put("secret", "whsec"));
    }

    private JsonObject create() {
        JsonObject operations = Fixture.read("autentique/create-document-multipart")
                .getJsonObject("request")
                .getJsonArray("parts")
                .getJsonObject(0)
                .getJsonObject("value");
        Http.Answer answer = http.multipart(
                "/autentique/v2/graphql",
                Map.of("operations", operations.encode(), "map", "{\"file\":[\"variables.file\"]}"),
                "file",
                PDF,
                KEY);
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().getJsonObject("data").getJsonObject("createDocument");
    }

    /** Runs a captured request, for our own document. */
    private JsonObject run(String fixture, JsonObject variables) {
        JsonObject request = Fixture.request("autentique/" + fixture).put("variables", variables);
        return http.post("/autentique/v2/graphql", request, KEY).json();
    }

    private static Predicate<Webhook> type(String type) {
        return webhook ->
                webhook.json().getJsonObject("event").getString("type").equals(type);
    }

    @Test
    void a_document_is_created_from_an_upload_and_answers_only_what_was_selected() {
        JsonObject created = create();

        assertThat(created.fieldNames()).containsExactly("id", "name", "sandbox", "created_at", "signatures");
        JsonArray signatures = created.getJsonArray("signatures");
        assertThat(signatures).hasSize(3);
        assertThat(signatures.getJsonObject(0).getString("email")).isEqualTo("maria@cliente.example");
        assertThat(signatures.getJsonObject(0).getValue("link")).isNull();
        assertThat(signatures.getJsonObject(2).getJsonObject("link").getString("short_link"))
                .contains("/assina/");
        Webhook webhook = fleet.waitFor(type("document.created"));
        assertThat(Fixture.shape(webhook.json()))
                .containsAll(expected("wh-document-created", ".previous", "user.email"));
        assertThat(webhook.headers().getFirst("X-Autentique-Signature"))
                .isEqualTo(Hmac.sha256Hex("whsec", webhook.bytes()));
    }

    private static Set<String> expected(String fixture, String... notCompared) {
        Set<String> shape = Fixture.shape(Fixture.read("autentique/" + fixture));
        for (String part : notCompared) {
            shape.removeIf(line -> line.contains(part));
        }
        return shape;
    }

    @Test
    void signing_tells_viewed_accepted_and_finished_once_all_have_signed() {
        JsonObject created = create();
        String id = created.getString("id");

        http.post("/autentique/documents/" + id + "/sign", new JsonObject().put("signer", "maria@cliente.example"));
        Webhook viewed = fleet.waitFor(type("signature.viewed"));
        Webhook accepted = fleet.waitFor(type("signature.accepted"));
        boolean finishedEarly = fleet.count(type("document.finished")) > 0;
        Http.Answer rest = http.post("/autentique/documents/" + id + "/sign", new JsonObject());
        Webhook finished = fleet.waitFor(type("document.finished"));

        assertThat(finishedEarly).isFalse();
        assertThat(rest.json().getBoolean("finished")).isTrue();
        assertThat(Fixture.shape(viewed.json())).containsAll(expected("wh-signature-viewed"));
        assertThat(Fixture.shape(accepted.json())).containsAll(expected("wh-signature-accepted", "user.uuid"));
        assertThat(Fixture.shape(finished.json())).containsAll(expected("wh-document-finished"));
        assertThat(finished.json().getJsonObject("event").getJsonObject("data").getString("id"))
                .isEqualTo(id);
        JsonObject document = run("query-document-pending", new JsonObject().put("id", id))
                .getJsonObject("data")
                .getJsonObject("document");
        assertThat(document.getJsonArray("signatures")
                        .getJsonObject(0)
                        .getJsonObject("signed")
                        .getString("created_at"))
                .isNotBlank();
        String signed = document.getJsonObject("files").getString("signed");
        assertThat(http.get(signed).status()).isEqualTo(401);
        assertThat(http.get(signed, KEY).text()).startsWith("%PDF").contains("simulada");
        assertThat(http.post("/autentique/documents/" + id + "/sign", new JsonObject())
                        .status())
                .isEqualTo(409);
    }

    @Test
    void a_rejection_stops_the_others_when_asked_for() {
        String id = create().getString("id");

        http.post(
                "/autentique/documents/" + id + "/reject",
                new JsonObject().put("signer", "maria@cliente.example").put("reason", "valores errados"));

        Webhook rejected = fleet.waitFor(type("signature.rejected"));
        assertThat(Fixture.shape(rejected.json())).containsAll(expected("wh-signature-rejected"));
        assertThat(rejected.json().getJsonObject("event").getJsonObject("data").getString("reason"))
                .isEqualTo("valores errados");
        assertThat(http.post("/autentique/documents/" + id + "/sign", new JsonObject())
                        .status())
                .isEqualTo(409);
    }

    @Test
    void a_lost_creation_is_found_by_name() {
        String id = create().getString("id");

        JsonObject found = run(
                "find-after-timeout",
                new JsonObject().put("name", "Contrato demo").putNull("folder"));

        JsonArray rows = found.getJsonObject("data").getJsonObject("documents").getJsonArray("data");
        assertThat(rows.getJsonObject(0).getString("id")).isEqualTo(id);
        assertThat(rows.getJsonObject(0).fieldNames())
                .containsExactly("id", "name", "created_at", "signatures_count", "signed_count");
    }

    @Test
    void a_deadline_in_the_past_blocks_signing_and_the_rest_of_the_life_works() {
        JsonObject created = create();
        String id = created.getString("id");
        String publicId = created.getJsonArray("signatures").getJsonObject(0).getString("public_id");

        JsonObject linked = run("create-link", new JsonObject().put("id", publicId));
        JsonObject resent = run("resend-signatures", new JsonObject().put("ids", new JsonArray().add(publicId)));
        JsonObject blocked = run(
                "block-by-deadline",
                new JsonObject()
                        .put("id", id)
                        .put("document", new JsonObject().put("deadline_at", "2020-01-01T00:00:00.000Z")));
        JsonObject deleted = run("delete-document", new JsonObject().put("id", id));

        String link = linked.getJsonObject("data")
                .getJsonObject("createLinkToSignature")
                .getString("short_link");
        assertThat(http.get(link).text()).contains("Contrato demo", "simulado");
        assertThat(resent.getJsonObject("data").getBoolean("resendSignatures")).isTrue();
        assertThat(blocked.getJsonObject("data").getJsonObject("updateDocument").getString("deadline_at"))
                .isEqualTo("2020-01-01T00:00:00.000000Z");
        assertThat(deleted.getJsonObject("data").getBoolean("deleteDocument")).isTrue();
        assertThat(http.post("/autentique/documents/" + id + "/sign", new JsonObject())
                        .status())
                .isEqualTo(409);
    }

    @Test
    void errors_are_answered_as_the_provider_answers_them() {
        Http.Answer noKey = http.post("/autentique/v2/graphql", new JsonObject().put("query", "{ me { id } }"));
        JsonObject missing = run("query-document-pending", new JsonObject().put("id", "nope"));
        JsonObject invalid = http.post(
                        "/autentique/v2/graphql",
                        new JsonObject()
                                .put(
                                        "query",
                                        "mutation { createDocument(document: {name: \"x\"}, signers: [{email: \"nope\","
                                                + " action: SIGN}]) { id } }"),
                        KEY)
                .json();

        assertThat(noKey.status()).isEqualTo(401);
        assertThat(noKey.json()).isEqualTo(Fixture.answer("autentique/error-unauthorized-401"));
        assertThat(missing.getJsonArray("errors").getJsonObject(0).getString("message"))
                .isEqualTo("Document not found");
        assertThat(missing.getJsonObject("data").getValue("document")).isNull();
        JsonObject validation = invalid.getJsonArray("errors")
                .getJsonObject(0)
                .getJsonObject("extensions")
                .getJsonObject("validation");
        assertThat(validation.fieldNames()).contains("document.name", "signers.0.email", "file");
    }
}
