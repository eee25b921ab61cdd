package io.centurions.backoffice.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.StreamIn;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.contracts.channel.Channel;
import io.centurions.contracts.channel.InstanceStatusChanged;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class ChannelIT {

    @Inject
    StreamIn stream;

    @Test
    void a_whatsapp_channel_is_provided_by_evolution_manager_and_shows_its_qr() {
        var company = Api.aCompany("zap");

        var id = Api.aWhatsapp(company);

        var call = Api.neighbourCalls("/internal/instances/" + id).getFirst();
        assertThat(call.getString("method")).isEqualTo("PUT");
        assertThat(call.getString("authorization")).startsWith("Bearer ");
        assertThat(call.getString("body")).contains(company.id().toString()).contains("centurions-" + id);
        Api.owner()
                .get(company.path() + "/channels/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("qr_ready"))
                .body("qr.code", equalTo("2@abc"));
        Api.owner()
                .get(company.path() + "/channels")
                .then()
                .body("items[0].status", equalTo("qr_ready"))
                .body("items[0].qr", nullValue());
    }

    @Test
    void a_channel_whose_gateway_is_away_is_kept_and_connected_later() {
        var company = Api.aCompany("longe");
        var centurion = Api.aCenturion(company);
        Api.failNextNeighbourCall(503);
        String id = Api.owner()
                .body(Map.of("channel", "whatsapp", "name", "Zap", "centurionId", centurion))
                .post(company.path() + "/channels")
                .then()
                .statusCode(201)
                .body("status", equalTo("error"))
                .body("statusReason", equalTo("evolution-manager-unavailable"))
                .header("Retry-After", "5")
                .extract()
                .path("id");

        var connected = Api.owner().post(company.path() + "/channels/" + id + "/connect");

        connected.then().statusCode(200).body("status", equalTo("qr_ready")).body("statusReason", nullValue());
    }

    @Test
    void a_telegram_bot_keeps_its_token_sealed_and_is_connected_by_the_runtime() {
        var company = Api.aCompany("bot");
        String bot = String.valueOf(System.nanoTime());
        var ask = Map.of(
                "channel",
                "telegram",
                "name",
                "Bot",
                "centurionId",
                Api.aCenturion(company),
                "accessToken",
                bot + ":planted-secret");

        var made = Api.owner().body(ask).post(company.path() + "/channels");

        String id = made.then()
                .statusCode(201)
                .body("status", equalTo("connected"))
                .body("account", equalTo(bot))
                .body(not(containsString("planted-secret")))
                .extract()
                .path("id");
        assertThat(Api.neighbourCalls("/internal/channels/" + id + "/connect")).hasSize(1);
        var row = Admin.get()
                .queryOne(
                        "SELECT sealed::text AS sealed, webhook_secret_hash FROM core.channel_instances WHERE id = ?",
                        UUID.fromString(id));
        assertThat((String) row.get("sealed"))
                .contains("access_token", "webhook_secret")
                .doesNotContain("planted-secret");
        assertThat((byte[]) row.get("webhook_secret_hash")).hasSize(32);
        assertThat(Admin.get().count("SELECT count(*) FROM core.audit_log WHERE after::text LIKE '%planted-secret%'"))
                .isZero();
        Api.owner()
                .body(ask)
                .post(company.path() + "/channels")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:account-taken"));
    }

    @Test
    void an_instagram_account_is_whose_token_the_provider_knows() {
        String account = "1784" + System.nanoTime();
        var squatter = Api.aCompany("posse");
        Api.failNextNeighbourCall(422);
        var squatted = UUID.fromString(instagram(squatter, account)
                .statusCode(201)
                .body("status", equalTo("error"))
                .body("statusReason", equalTo("agent-runtime-refused-422"))
                .extract()
                .path("id"));
        stream.bring(
                CompanyId.of(squatter.id()),
                new InstanceStatusChanged(
                        InstanceId.of(squatted), Channel.INSTAGRAM, InstanceStatusChanged.State.CONNECTED),
                Instant.now().plusSeconds(60));
        stream.handled(InstanceStatusChanged.TYPE);
        assertThat(statusOf(squatted)).isEqualTo("error");
        assertThat(deliveredTo(account)).isEmpty();

        var owner = Api.aCompany("dona");
        instagram(owner, account).statusCode(201).body("status", equalTo("connected"));

        assertThat(deliveredTo(account))
                .extracting(row -> row.get("company_id"))
                .containsExactly(owner.id());
        Api.owner()
                .post(squatter.path() + "/channels/" + squatted + "/connect")
                .then()
                .statusCode(200)
                .body("status", equalTo("error"))
                .body("statusReason", equalTo("account-taken"));
        instagram(Api.aCompany("tarde"), account)
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:account-taken"));
        assertThat(deliveredTo(account))
                .extracting(row -> row.get("company_id"))
                .containsExactly(owner.id());
    }

    @Test
    void a_token_that_works_but_is_of_another_account_proves_nothing() {
        String account = "1787" + System.nanoTime();
        Api.nextTokenIsForeign();

        instagram(Api.aCompany("outra"), account)
                .statusCode(201)
                .body("status", equalTo("error"))
                .body("statusReason", equalTo("token-of-another-account"));

        assertThat(deliveredTo(account)).isEmpty();
    }

    @Test
    void a_typed_bot_id_keeps_nobody_from_the_bot() {
        String bot = String.valueOf(System.nanoTime());
        Api.failNextNeighbourCall(422);
        telegram(Api.aCompany("posse"), bot, "a").statusCode(201).body("status", equalTo("error"));

        telegram(Api.aCompany("dona"), bot, "b").statusCode(201).body("status", equalTo("connected"));

        telegram(Api.aCompany("tarde"), bot, "c").statusCode(409);
    }

    @Test
    void a_repeat_goes_on_where_the_first_died_while_it_connected() {
        var company = Api.aCompany("meio");
        String bot = String.valueOf(System.nanoTime());
        UUID centurion = Api.aCenturion(company);
        Api.failNextNeighbourCall(422);
        String id = telegram(company, centurion, bot, "k").extract().path("id");
        Admin.get()
                .execute(
                        "UPDATE core.channel_instances SET status = 'connecting', status_reason = NULL WHERE id = ?",
                        UUID.fromString(id));

        telegram(company, centurion, bot, "k").body("id", equalTo(id)).body("status", equalTo("connected"));
    }

    @Test
    void why_a_token_was_refused_stays_when_the_runtime_reports_it_too() {
        var company = Api.aCompany("porque");
        Api.failNextNeighbourCall(422);
        var id = UUID.fromString(
                instagram(company, "1785" + System.nanoTime()).extract().path("id"));

        stream.bring(
                CompanyId.of(company.id()),
                new InstanceStatusChanged(InstanceId.of(id), Channel.INSTAGRAM, InstanceStatusChanged.State.ERROR),
                Instant.now().plusSeconds(60));
        stream.handled(InstanceStatusChanged.TYPE);

        Api.owner()
                .get(company.path() + "/channels/" + id)
                .then()
                .body("status", equalTo("error"))
                .body("statusReason", equalTo("agent-runtime-refused-422"));
    }

    @Test
    void an_instagram_channel_names_its_account_and_a_token() {
        var company = Api.aCompany("insta");

        Api.owner()
                .body(Map.of("channel", "instagram", "name", "IG", "centurionId", Api.aCenturion(company)))
                .post(company.path() + "/channels")
                .then()
                .statusCode(400);
    }

    @Test
    void a_deleted_channel_stays_as_a_row_without_secrets() {
        var company = Api.aCompany("fim");
        var id = Api.aWhatsapp(company);

        var one = Api.owner().header("If-Match", "\"1\"");
        Api.owner()
                .header("If-Match", "\"7\"")
                .delete(company.path() + "/channels/" + id)
                .then()
                .statusCode(412);

        one.delete(company.path() + "/channels/" + id).then().statusCode(204);

        one.delete(company.path() + "/channels/" + id).then().statusCode(204);
        Api.owner()
                .get(company.path() + "/channels/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("deleted"));
        Api.owner().post(company.path() + "/channels/" + id + "/connect").then().statusCode(409);
        assertThat(Admin.get().queryOne("SELECT deleted FROM core.find_instance_v1(?)", id))
                .containsEntry("deleted", true);
    }

    @Test
    void the_newest_report_of_a_gateway_wins_in_whatever_order_they_come() {
        var company = Api.aCompany("estado");
        var id = Api.aWhatsapp(company);
        Instant now = Instant.now();

        stream.bring(
                CompanyId.of(company.id()), status(id, InstanceStatusChanged.State.CONNECTED), now.plusSeconds(10));
        stream.bring(CompanyId.of(company.id()), status(id, InstanceStatusChanged.State.QR_READY), now.plusSeconds(5));

        stream.handled(InstanceStatusChanged.TYPE);
        assertThat(statusOf(id)).isEqualTo("connected");
    }

    private static ValidatableResponse telegram(Api.Made company, String bot, String key) {
        return telegram(company, Api.aCenturion(company), bot, key);
    }

    private static ValidatableResponse telegram(Api.Made company, UUID centurion, String bot, String key) {
        var ask =
                Map.of("channel", "telegram", "name", "Bot", "centurionId", centurion, "accessToken", bot + ":secret");
        return Api.owner()
                .header("Idempotency-Key", key)
                .body(ask)
                .post(company.path() + "/channels")
                .then();
    }

    private static ValidatableResponse instagram(Api.Made company, String account) {
        return Api.owner()
                .body(Map.of(
                        "channel",
                        "instagram",
                        "name",
                        "IG",
                        "centurionId",
                        Api.aCenturion(company),
                        "account",
                        account,
                        "accessToken",
                        "IGAAtoken"))
                .post(company.path() + "/channels")
                .then();
    }

    private static List<Map<String, Object>> deliveredTo(String account) {
        return Admin.get().query("SELECT * FROM core.find_instance_by_account_v1('instagram', ?)", account);
    }

    private static InstanceStatusChanged status(UUID id, InstanceStatusChanged.State state) {
        return new InstanceStatusChanged(InstanceId.of(id), Channel.WHATSAPP, state);
    }

    private static String statusOf(UUID id) {
        return (String) Admin.get()
                .queryOne("SELECT status FROM core.channel_instances WHERE id = ?", id)
                .get("status");
    }
}
