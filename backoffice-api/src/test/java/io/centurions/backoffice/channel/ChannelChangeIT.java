package io.centurions.backoffice.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class ChannelChangeIT {

    @Inject
    Secrets secrets;

    @Test
    void a_channel_is_renamed_and_given_to_another_centurion_by_who_knows_its_version() {
        var company = Api.aCompany("muda");
        String one = company.path() + "/channels/" + Api.aWhatsapp(company);
        UUID other = Api.aCenturion(company);
        var change = Map.of("name", "Vendas", "centurionId", other);
        Api.owner().body(change).put(one).then().statusCode(428);

        change(one, 1, change)
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("name", equalTo("Vendas"))
                .body("centurionId", equalTo(other.toString()))
                .body("version", equalTo(2));

        change(one, 1, change).statusCode(412);
        Api.owner()
                .get(one)
                .then()
                .header("ETag", "\"2\"")
                .body("name", equalTo("Vendas"))
                .body("qr.code", equalTo("2@abc"));
        Api.owner()
                .get(company.path() + "/audit?action=channel.change")
                .then()
                .body("items.size()", equalTo(1))
                .body("items[0].before.name", equalTo("Zap"))
                .body("items[0].after.name", equalTo("Vendas"));
        change(one, 2, Map.of("name", "Vendas", "centurionId", Api.aCenturion(Api.aCompany("alheia"))))
                .statusCode(422)
                .body("type", equalTo("urn:centurions:problem:centurion-unknown"));
        Api.owner().delete(one).then().statusCode(204);
        change(one, 3, change).statusCode(409).body("type", equalTo("urn:centurions:problem:channel-deleted"));
    }

    @Test
    void a_bot_gets_a_new_token_which_is_tried_at_once_and_never_shown() {
        var company = Api.aCompany("bot");
        UUID id = Api.aTelegram(company);
        String one = company.path() + "/channels/" + id;
        String bot = Api.owner().get(one).path("account");
        Map<String, Object> change = same(one);

        change.put("accessToken", bot + ":second-planted-token");
        change(one, 1, change)
                .statusCode(200)
                .body("status", equalTo("connected"))
                .body(not(containsString("second-planted")));

        assertThat(token(company, id)).isEqualTo(bot + ":second-planted-token");
        assertThat(Api.neighbourCalls("/internal/channels/" + id + "/connect")).hasSize(2);
        Api.owner()
                .get(company.path() + "/audit?action=channel.renew-token")
                .then()
                .body("items.size()", equalTo(1))
                .body(not(containsString("second-planted")));
        change.remove("accessToken");
        change(one, 2, change).statusCode(200);
        assertThat(token(company, id)).as("left out: it stays").isEqualTo(bot + ":second-planted-token");
        change.put("accessToken", "1" + bot + ":of-another-bot");
        change(one, 3, change).statusCode(422).body("type", equalTo("urn:centurions:problem:channel-token-unsuitable"));
        change.put("accessToken", "no-token-at-all");
        change(one, 3, change).statusCode(400);
    }

    @Test
    void a_new_token_mends_a_channel_whatever_it_stood_as_and_a_new_name_does_not() {
        var company = Api.aCompany("token");
        UUID id = Api.aTelegram(company);
        String one = company.path() + "/channels/" + id;
        String bot = Api.owner().get(one).path("account");
        Map<String, Object> change = same(one);
        Object before = mendedAt(id);

        change.put("name", "Outro");
        change(one, 1, change).statusCode(200);
        assertThat(mendedAt(id)).isEqualTo(before);
        change.put("accessToken", bot + ":another");
        change(one, 2, change).statusCode(200);
        assertThat(mendedAt(id)).isNotNull().isNotEqualTo(before);
    }

    @Test
    void a_token_that_the_provider_refuses_shows_as_error_until_a_good_one_comes() {
        var company = Api.aCompany("insta");
        String one = company.path() + "/channels/" + anInstagram(company);
        Map<String, Object> change = same(one);

        change.put("accessToken", "IGAAwrong");
        Api.failNextNeighbourCall(422);
        change(one, 1, change)
                .statusCode(200)
                .body("status", equalTo("error"))
                .body("statusReason", equalTo("agent-runtime-refused-422"));

        change.put("accessToken", "IGAAgood");
        change(one, 2, change)
                .statusCode(200)
                .body("status", equalTo("connected"))
                .body("statusReason", nullValue());
        Api.owner().get(one).then().body("status", equalTo("connected"));
    }

    @Test
    void a_whatsapp_channel_takes_no_token() {
        var company = Api.aCompany("zap");
        String one = company.path() + "/channels/" + Api.aWhatsapp(company);
        Map<String, Object> change = same(one);
        change.put("accessToken", "any");

        change(one, 1, change).statusCode(422).body("type", equalTo("urn:centurions:problem:channel-token-unsuitable"));
    }

    private static ValidatableResponse change(String channel, int version, Map<String, ?> change) {
        return Api.owner()
                .header("If-Match", "\"" + version + "\"")
                .body(change)
                .put(channel)
                .then();
    }

    private static Map<String, Object> same(String channel) {
        var now = Api.owner().get(channel).then().statusCode(200).extract();
        return new HashMap<>(Map.of("name", now.path("name"), "centurionId", now.path("centurionId")));
    }

    private static String anInstagram(Api.Made company) {
        return Api.owner()
                .body(Map.of(
                        "channel",
                        "instagram",
                        "name",
                        "Um",
                        "centurionId",
                        Api.aCenturion(company),
                        "account",
                        "1786" + System.nanoTime(),
                        "accessToken",
                        "IGAAold"))
                .post(company.path() + "/channels")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Object mendedAt(UUID id) {
        return Admin.get()
                .queryOne("SELECT mended_at::text FROM core.channel_instances WHERE id = ?", id)
                .get("mended_at");
    }

    private String token(Api.Made company, UUID id) {
        Object sealed = Admin.get()
                .queryOne("SELECT sealed ->> 'access_token' AS sealed FROM core.channel_instances WHERE id = ?", id)
                .get("sealed");
        return secrets.open(CompanyId.of(company.id()), "access_token", (String) sealed);
    }
}
