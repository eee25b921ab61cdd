package io.centurions.backoffice.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class SettingsIT {

    private static final Map<String, Map<String, Object>> CONFIGS = Map.of(
            "media-sequences",
            Map.of("trigger", Map.of("kind", "manual"), "steps", List.of(Map.of("kind", "text", "text", "Oi"))),
            "follow-ups",
            Map.of("steps", List.of(Map.of("afterMinutes", 60, "kind", "template", "text", "Ainda está aí?"))),
            "tools",
            Map.of(
                    "function", "agenda",
                    "description", "Lê a agenda.",
                    "method", "GET",
                    "url", "https://agenda.example/livres",
                    "input", Map.of("type", "object")),
            "mcp-servers",
            Map.of("url", "https://mcp.example/rpc"),
            "knowledge-bases",
            Map.of("description", "Tabela de preços."));

    @ParameterizedTest
    @ValueSource(strings = {"media-sequences", "follow-ups", "tools", "mcp-servers", "knowledge-bases"})
    void a_setting_is_made_read_changed_and_removed_in_one_shape(String kind) {
        var company = Api.aCompany("conf");
        String list = company.path() + "/" + kind;

        Response made = create(list, "Primeira", CONFIGS.get(kind));

        made.then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("name", equalTo("Primeira"))
                .body("enabled", equalTo(true))
                .body("centurionId", nullValue())
                .body("version", equalTo(1));
        String one = list + "/" + made.path("id");
        change(one, "1", Map.of("name", "Segunda", "enabled", false, "config", CONFIGS.get(kind)))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("enabled", equalTo(false));
        Api.owner().get(one).then().statusCode(200).body("name", equalTo("Segunda"));
        Api.owner().get(list).then().body("items.version", contains(2));
        change(one, "1", Map.of("name", "Terceira", "config", CONFIGS.get(kind)))
                .then()
                .statusCode(412);
        Api.owner().delete(one).then().statusCode(428);
        Api.owner().header("If-Match", "\"2\"").delete(one).then().statusCode(204);
        Api.owner().get(one).then().statusCode(404);
        assertThat(Api.events(company)).filteredOn("settings.changed"::equals).hasSize(3);
        Api.owner()
                .get(company.path() + "/audit?target=" + made.path("id"))
                .then()
                .body("items.size()", equalTo(3))
                .body("items[0].after", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"media-sequences", "follow-ups", "tools", "mcp-servers", "knowledge-bases"})
    void a_setting_of_another_company_is_not_there(String kind) {
        var other = Api.aCompany("alheia");
        var own = Api.aCompany("propria");
        String id =
                create(other.path() + "/" + kind, "Deles", CONFIGS.get(kind)).path("id");
        String hidden = own.path() + "/" + kind + "/" + id;

        Api.owner().get(hidden).then().statusCode(404);
        change(hidden, "1", Map.of("name", "Minha", "config", CONFIGS.get(kind)))
                .then()
                .statusCode(404);
        Api.owner().header("If-Match", "*").delete(hidden).then().statusCode(404);
        Api.as("company_admin", own.id()).get(other.path() + "/" + kind).then().statusCode(404);
        Api.as("crm_user", own.id()).get(own.path() + "/" + kind).then().statusCode(403);
    }

    @Test
    void a_name_is_taken_once_and_a_key_repeats_the_first_answer() {
        var company = Api.aCompany("nome");
        String list = company.path() + "/knowledge-bases";
        var wanted = Map.of("name", "Preços", "config", CONFIGS.get("knowledge-bases"));
        String first = Api.owner()
                .header("Idempotency-Key", "k1")
                .body(wanted)
                .post(list)
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        Api.owner()
                .header("Idempotency-Key", "k1")
                .body(wanted)
                .post(list)
                .then()
                .statusCode(201)
                .header("Idempotent-Replay", "true")
                .body("id", equalTo(first));
        Api.owner()
                .body(wanted)
                .post(list)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:name-taken"));
    }

    @Test
    void what_is_wrong_is_told_by_its_field() {
        var company = Api.aCompany("errada");

        create(
                        company.path() + "/media-sequences",
                        "Sem texto",
                        Map.of("trigger", Map.of("kind", "manual"), "steps", List.of(Map.of("kind", "text"))))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("config.steps[0].text"));
        create(company.path() + "/mcp-servers", "Sem endereço", Map.of("url", "ftp://x"))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("config.url"));
    }

    @Test
    void a_setting_belongs_to_a_centurion_of_its_company_or_to_all() {
        var company = Api.aCompany("dona");
        var own = Api.aCenturion(company);
        var foreign = Api.aCenturion(Api.aCompany("alheia"));
        String list = company.path() + "/follow-ups";

        Api.owner()
                .body(Map.of("name", "Meu", "centurionId", own, "config", CONFIGS.get("follow-ups")))
                .post(list)
                .then()
                .statusCode(201)
                .body("centurionId", equalTo(own.toString()));
        Api.owner()
                .body(Map.of("name", "Deles", "centurionId", foreign, "config", CONFIGS.get("follow-ups")))
                .post(list)
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:centurions:problem:centurion-unknown"));
    }

    @Test
    void a_secret_that_a_tool_calls_with_must_be_there_and_stays() {
        var company = Api.aCompany("segredo");
        var server = Map.<String, Object>of(
                "url", "https://mcp.example/rpc", "auth", Map.of("kind", "bearer", "secretName", "mcp_token"));
        create(company.path() + "/mcp-servers", "Agenda", server)
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:centurions:problem:secret-unknown"));
        String secret = company.path() + "/secrets/mcp_token";
        Api.owner().body(Map.of("value", "v")).put(secret).then().statusCode(201);
        String id = create(company.path() + "/mcp-servers", "Agenda", server).path("id");

        Api.owner()
                .header("If-Match", "*")
                .delete(secret)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:secret-in-use"));
        Api.owner()
                .header("If-Match", "*")
                .delete(company.path() + "/mcp-servers/" + id)
                .then()
                .statusCode(204);
        Api.owner().header("If-Match", "*").delete(secret).then().statusCode(204);
    }

    private static Response create(String list, String name, Map<String, Object> config) {
        return Api.owner().body(Map.of("name", name, "config", config)).post(list);
    }

    private static Response change(String one, String version, Map<String, Object> wanted) {
        return Api.owner()
                .header("If-Match", "\"" + version + "\"")
                .body(wanted)
                .put(one);
    }
}
