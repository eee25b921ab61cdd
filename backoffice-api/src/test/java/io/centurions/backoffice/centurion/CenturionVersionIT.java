package io.centurions.backoffice.centurion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class CenturionVersionIT {

    private Api.Made company;
    private String path;

    @BeforeEach
    void a_centurion_that_was_never_published() {
        company = Api.aCompany("versao");
        path = company.path() + "/centurions/" + Api.aCenturion(company);
    }

    @Test
    void every_publication_is_kept_as_it_was() {
        publish("um");
        publish("dois");

        var versions = Api.owner().get(path + "/versions");

        versions.then()
                .statusCode(200)
                .body("items.number", contains(2, 1))
                .body("items[0].config", nullValue())
                .body("items[0].publishedBy", notNullValue());
        Api.owner().get(path + "/versions/1").then().statusCode(200).body("config.prompt", equalTo("um"));
        Api.owner().get(path + "/versions/2").then().body("config.prompt", equalTo("dois"));
        Api.owner().get(path + "/versions/3").then().statusCode(404);
        Api.owner()
                .get(path + "/versions?limit=1")
                .then()
                .body("items", hasSize(1))
                .body("nextCursor", notNullValue());
        assertThat(
                        Admin.get()
                                .queryOne(
                                        "SELECT has_table_privilege('backoffice_app', 'core.centurion_versions', 'UPDATE') AS may"))
                .containsEntry("may", false);
    }

    @Test
    void two_states_are_compared_place_by_place() {
        publish("um");
        publish("dois");
        draft(config("três", Map.of("qualifyAt", 80)));

        Api.owner()
                .get(path + "/versions/diff?from=1&to=2")
                .then()
                .statusCode(200)
                .body("changes.path", contains("/prompt"))
                .body("changes[0].before", equalTo("um"))
                .body("changes[0].after", equalTo("dois"));
        Api.owner()
                .get(path + "/versions/diff")
                .then()
                .body("from", equalTo("published"))
                .body("to", equalTo("draft"))
                .body("changes.path", contains("/prompt", "/qualifyAt"));
        Api.owner().get(path + "/versions/diff?from=9&to=draft").then().statusCode(404);
        Api.owner().get(path + "/versions/diff?from=first").then().statusCode(400);
    }

    @Test
    void an_older_version_is_obeyed_again_as_the_next_one() {
        publish("um");
        publish("dois");

        var restored = Api.owner().post(path + "/versions/1/restore");

        restored.then()
                .statusCode(200)
                .body("publishedVersion", equalTo(3))
                .body("published.prompt", equalTo("um"))
                .body("draft.prompt", equalTo("um"));
        Api.owner()
                .get(path + "/versions/3")
                .then()
                .body("restoredFrom", equalTo(1))
                .body("config.prompt", equalTo("um"));
        assertThat(Api.events(company))
                .filteredOn("centurion.config.updated"::equals)
                .hasSize(3);
        Api.owner().post(path + "/versions/3/restore").then().statusCode(422);
        Api.owner().post(path + "/versions/9/restore").then().statusCode(404);
    }

    @Test
    void a_repeated_publication_with_the_same_key_makes_no_second_version() {
        publish("um");

        for (int time = 0; time < 2; time++) {
            Api.owner()
                    .header("Idempotency-Key", "de-novo")
                    .post(path + "/publish")
                    .then()
                    .statusCode(200)
                    .body("publishedVersion", equalTo(2));
        }

        Api.owner().get(path + "/versions").then().body("items.number", contains(2, 1));
    }

    @Test
    void going_back_leaves_a_draft_that_somebody_is_writing() {
        publish("um");
        publish("dois");
        draft(config("meio escrito", Map.of()));

        Api.owner()
                .post(path + "/versions/1/restore")
                .then()
                .statusCode(200)
                .body("published.prompt", equalTo("um"))
                .body("draft.prompt", equalTo("meio escrito"));
    }

    @Test
    void a_change_of_what_somebody_else_has_changed_is_refused() {
        String read = Api.owner().get(path).then().statusCode(200).extract().header("ETag");
        draft(config("um", Map.of()));

        Api.owner()
                .header("If-Match", read)
                .body(Map.of("config", config("dois", Map.of())))
                .put(path)
                .then()
                .statusCode(412)
                .body("type", equalTo("urn:centurions:problem:version-stale"));
        Api.owner().header("If-Match", read).post(path + "/publish").then().statusCode(412);
        Api.owner().get(path).then().body("draft.prompt", equalTo("um")).body("publishedVersion", equalTo(0));
    }

    @Test
    void everything_that_is_wrong_with_a_configuration_is_told_at_once() {
        var wrong = new HashMap<String, Object>(config(" ", Map.of("qualifyAt", 300)));
        wrong.put("criteria", List.of(Map.of("key", "Não", "question", "?", "weight", 1, "required", true)));
        wrong.put("businessHours", Map.of("timeZone", "Brasil", "openings", List.of()));

        Api.owner()
                .body(Map.of("config", wrong))
                .post(company.path() + "/centurions/validate")
                .then()
                .statusCode(200)
                .body("publishable", equalTo(false))
                .body(
                        "findings.pointer",
                        hasItems("/prompt", "/qualifyAt", "/criteria/0/key", "/businessHours/timeZone"));
        Api.owner()
                .body(Map.of("config", Map.of("prompt", "Bia", "qualifyAt", Map.of())))
                .post(company.path() + "/centurions/validate")
                .then()
                .body("findings.pointer", contains("/qualifyAt"));
        Api.owner()
                .body(Map.of("config", config("Bia", Map.of())))
                .post(company.path() + "/centurions/validate")
                .then()
                .body("publishable", equalTo(true))
                .body("findings", hasSize(0));
        Api.owner().post(path + "/validate").then().statusCode(200).body("findings.pointer", hasItem("/criteria"));
    }

    @Test
    void what_the_runtime_does_not_know_yet_is_kept_and_published() {
        draft(config(
                "Bia",
                Map.of(
                        "personality", Map.of("tone", "leve", "traits", List.of("paciente"), "emoji", true),
                        "capabilities", Map.of("sendAudio", true),
                        "handoverIntents", List.of(Map.of("key", "reclamar", "description", "quer reclamar")),
                        "businessHours",
                                Map.of(
                                        "timeZone",
                                        "America/Sao_Paulo",
                                        "openings",
                                        List.of(Map.of("day", "monday", "from", "09:00", "to", "18:00"))))));

        Api.owner()
                .post(path + "/publish")
                .then()
                .statusCode(200)
                .body("published.personality.tone", equalTo("leve"))
                .body("published.capabilities.sendAudio", equalTo(true))
                .body("published.businessHours.openings[0].to", equalTo("18:00"))
                .body("published.handoverIntents[0].key", equalTo("reclamar"));
    }

    private void publish(String prompt) {
        draft(config(prompt, Map.of()));
        Api.owner().post(path + "/publish").then().statusCode(200);
    }

    private void draft(Map<String, Object> config) {
        Api.owner().body(Map.of("config", config)).put(path).then().statusCode(200);
    }

    private static Map<String, Object> config(String prompt, Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("prompt", prompt);
        config.put(
                "criteria", List.of(Map.of("key", "orcamento", "question", "Quanto?", "weight", 40, "required", true)));
        return config;
    }
}
