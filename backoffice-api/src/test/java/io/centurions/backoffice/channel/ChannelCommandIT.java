package io.centurions.backoffice.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.Neighbours;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a person has a gateway do with a channel that is there. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class ChannelCommandIT {

    @Inject
    Database database;

    @Inject
    ChannelRepository channels;

    @Test
    void a_phone_is_unpaired_and_paired_again() {
        var company = Api.aCompany("solta");
        var id = Api.aWhatsapp(company);

        command(company, id, "disconnect", "um")
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("status", equalTo("disconnected"))
                .body("qr", nullValue());

        assertThat(stored(company, id).status()).isEqualTo("disconnected");
        command(company, id, "connect", "dois")
                .then()
                .statusCode(200)
                .body("status", equalTo("qr_ready"))
                .body("qr.code", equalTo("2@abc"));
        assertThat(asked(id)).containsExactly("PUT", "POST /logout", "PUT");
        assertThat(actions(company))
                .startsWith(
                        "channel.connect",
                        "channel.connect",
                        "channel.disconnect",
                        "channel.disconnect",
                        "channel.create");
        assertThat(states(company)).startsWith("done", "asked", "done", "asked");
    }

    @Test
    void a_channel_that_works_stays_connected_when_the_call_to_connect_it_again_is_not_answered() {
        var company = Api.aCompany("perdida");
        var id = Api.aTelegram(company);
        Api.failNextNeighbourCall(503);

        for (String reason : new String[] {"agent-runtime-unavailable", null}) {
            command(company, id, "connect", "de-novo")
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("connected"))
                    .body("statusReason", equalTo(reason));
        }

        assertThat(states(company)).startsWith("done", "asked", "refused", "asked");
    }

    @Test
    void a_channel_that_works_again_after_an_outage_has_no_reason_left() {
        var company = Api.aCompany("voltou");
        var id = Api.aTelegram(company);
        Neighbours.fail(503, "provider-unavailable", 1);
        command(company, id, "connect", null).then().body("statusReason", equalTo("provider-unavailable"));

        reported(CompanyId.of(company.id()), id, "connected", Instant.now().plusSeconds(1));

        assertThat(stored(company, id).statusReason()).isNull();
    }

    @Test
    void a_bot_that_its_provider_limits_keeps_no_other_of_the_company_from_the_runtime() {
        var company = Api.aCompany("limitada");
        var limited = Api.aTelegram(company);
        var well = Api.aTelegram(company);
        Neighbours.fail(503, "provider-unavailable", Neighbours.MORE_THAN_A_WINDOW);

        for (int attempt = 0; attempt < Neighbours.MORE_THAN_A_WINDOW; attempt++) {
            command(company, limited, "connect", null)
                    .then()
                    .statusCode(200)
                    .body("statusReason", equalTo("provider-unavailable"));
        }

        command(company, well, "connect", null)
                .then()
                .statusCode(200)
                .body("status", equalTo("connected"))
                .body("statusReason", nullValue());
    }

    @Test
    void a_code_to_type_is_asked_for_with_the_number_of_the_phone() {
        var company = Api.aCompany("digita");
        var id = Api.aWhatsapp(company);

        Api.owner()
                .queryParam("number", "5511999997777")
                .post(path(company, id) + "/connect")
                .then()
                .statusCode(200);

        assertThat(asked(id)).containsExactly("PUT", "PUT", "POST /connect");
        Api.owner()
                .queryParam("number", "+55 11")
                .post(path(company, id) + "/connect")
                .then()
                .statusCode(400);
    }

    @Test
    void a_restart_with_the_same_key_is_done_once() {
        var company = Api.aCompany("volta");
        var id = Api.aWhatsapp(company);

        command(company, id, "restart", "k").then().statusCode(200).body("status", equalTo("connecting"));
        command(company, id, "restart", "k")
                .then()
                .statusCode(200)
                .header("Idempotent-Replay", "true")
                .body("status", equalTo("connecting"));

        assertThat(asked(id)).containsExactly("PUT", "POST /restart");
        command(company, Api.aWhatsapp(company), "restart", "k").then().statusCode(409);
    }

    @Test
    void what_a_gateway_did_not_do_is_said_and_can_be_asked_for_again() {
        var company = Api.aCompany("falha");
        var id = Api.aWhatsapp(company);
        Api.failNextNeighbourCall(503);
        command(company, id, "restart", "k").then().statusCode(503).header("Retry-After", notNullValue());
        assertThat(stored(company, id).status())
                .as("nothing is known to have changed")
                .isEqualTo("qr_ready");

        command(company, id, "restart", "k")
                .then()
                .statusCode(200)
                .header("Idempotent-Replay", nullValue())
                .body("status", equalTo("connecting"));

        Api.failNextNeighbourCall(409);
        command(company, id, "restart", "l")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:channel-not-connected"));
        Api.failNextNeighbourCall(400);
        command(company, id, "disconnect", "m").then().statusCode(502);
        assertThat(states(company))
                .as("a gateway that said nothing leaves the asking alone")
                .startsWith("refused", "asked", "refused", "asked", "done", "asked", "asked");
    }

    @Test
    void a_provider_that_is_away_is_named_with_its_wait_and_the_rest_is_done_later() {
        var company = Api.aCompany("ausente");
        var id = Api.aWhatsapp(company);

        for (String command : List.of("restart", "disconnect")) {
            Neighbours.fail(503, "provider-unavailable", 1);
            Response away = command(company, id, command, command);
            isAway(away);
            away.then().body("detail", equalTo("what the neighbour said; repeat"));
            command(company, id, command, command).then().statusCode(200);
        }
        Neighbours.fail(503, "provider-unavailable", 1);
        isAway(Api.owner().delete(path(company, id)));
        Api.owner().delete(path(company, id)).then().statusCode(204);

        assertThat(asked(id))
                .containsExactly(
                        "PUT", "POST /restart", "POST /restart", "POST /logout", "POST /logout", "DELETE", "DELETE");
        assertThat(states(company))
                .as("what is not known to have been done is not noted")
                .startsWith("done", "asked", "asked", "done", "asked", "asked");
    }

    @Test
    void who_connects_hears_when_to_try_again_whatever_becomes_of_the_channel() {
        var company = Api.aCompany("espera");
        var works = Api.aTelegram(company);
        var pairs = Api.aWhatsapp(company);

        for (UUID id : List.of(works, pairs)) {
            Neighbours.fail(503, "provider-unavailable", 1);
            command(company, id, "connect", null)
                    .then()
                    .statusCode(200)
                    .header("Retry-After", Neighbours.RETRY_AFTER)
                    .body("statusReason", equalTo("provider-unavailable"));
            command(company, id, "connect", null).then().statusCode(200).header("Retry-After", nullValue());
        }
    }

    @Test
    void a_gateway_that_is_away_is_told_from_its_provider() {
        var company = Api.aCompany("portao");
        var id = Api.aWhatsapp(company);
        Api.failNextNeighbourCall(503);

        command(company, id, "disconnect", null)
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("type", equalTo("urn:centurions:problem:unavailable"));
    }

    private static void isAway(Response answer) {
        answer.then()
                .statusCode(503)
                .header("Retry-After", Neighbours.RETRY_AFTER)
                .body("type", equalTo("urn:centurions:problem:provider-unavailable"));
    }

    @Test
    void a_connection_that_failed_is_tried_again_with_the_same_key() {
        var company = Api.aCompany("denovo");
        var id = Api.aWhatsapp(company);
        Api.failNextNeighbourCall(422);
        command(company, id, "connect", "k").then().statusCode(200).body("status", equalTo("error"));
        assertThat(states(company)).startsWith("refused", "asked");

        command(company, id, "connect", "k")
                .then()
                .header("Idempotent-Replay", nullValue())
                .body("status", equalTo("qr_ready"));

        command(company, id, "connect", "k").then().header("Idempotent-Replay", "true");
    }

    @Test
    void a_kind_of_channel_that_has_no_such_thing_says_so() {
        var company = Api.aCompany("outro");
        String id = Api.owner()
                .body(Map.of(
                        "channel",
                        "instagram",
                        "name",
                        "IG",
                        "centurionId",
                        Api.aCenturion(company),
                        "account",
                        "1785" + System.nanoTime(),
                        "accessToken",
                        "IGAAtoken"))
                .post(company.path() + "/channels")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        for (String command : List.of("restart", "disconnect")) {
            command(company, UUID.fromString(id), command, null)
                    .then()
                    .statusCode(422)
                    .body("type", equalTo("urn:centurions:problem:channel-command-unknown"));
        }
        assertThat(actions(company)).first().isEqualTo("channel.create");
    }

    @Test
    void nothing_is_told_about_a_channel_that_was_deleted() {
        var company = Api.aCompany("morto");
        var id = Api.aWhatsapp(company);
        Api.owner().delete(path(company, id)).then().statusCode(204);

        for (String command : List.of("connect", "restart", "disconnect")) {
            command(company, id, command, null)
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("urn:centurions:problem:channel-deleted"));
        }
        assertThat(asked(id)).containsExactly("PUT", "DELETE");
    }

    @Test
    void a_report_that_comes_while_a_gateway_is_asked_knows_better_than_its_answer() {
        var company = Api.aCompany("corrida");
        var id = Api.aWhatsapp(company);
        CompanyId own = CompanyId.of(company.id());
        String mark = database.asCompany(own, tx -> channels.mark(tx, id));

        database.runAsCompany(own, tx -> channels.reported(tx, id, "connected", Instant.now()));
        database.runAsCompany(own, tx -> channels.answered(tx, id, mark, "connecting"));

        assertThat(stored(company, id).status()).isEqualTo("connected");
    }

    @Test
    void a_channel_is_mended_when_it_is_connected_again_also_where_the_report_of_its_outage_came_too_late() {
        var company = Api.aCompany("conserta");
        var id = Api.aWhatsapp(company);
        CompanyId own = CompanyId.of(company.id());
        Instant now = Instant.now();
        reported(own, id, "disconnected", now.plusSeconds(1));
        assertThat(mendedAt(id)).isNull();

        reported(own, id, "connected", now.plusSeconds(2));
        Object once = mendedAt(id);
        assertThat(once).isNotNull();
        reported(own, id, "connected", now.plusSeconds(3));
        assertThat(mendedAt(id)).as("one that comes and goes").isEqualTo(once);

        Admin.get()
                .execute("UPDATE core.channel_instances SET mended_at = mended_at - interval '2 min' WHERE id = ?", id);
        Object before = mendedAt(id);
        reported(own, id, "connected", now.plusSeconds(5));
        Object again = mendedAt(id);
        assertThat(again).isNotEqualTo(before);
        reported(own, id, "connecting", now.plusSeconds(4));
        assertThat(mendedAt(id)).isEqualTo(again);

        String mark = database.asCompany(own, tx -> channels.connecting(tx, id));
        database.runAsCompany(own, tx -> channels.answered(tx, id, mark, "connected"));
        assertThat(mendedAt(id)).isNotEqualTo(again);
    }

    private void reported(CompanyId company, UUID id, String status, Instant at) {
        database.runAsCompany(company, tx -> channels.reported(tx, id, status, at));
    }

    private static Object mendedAt(UUID id) {
        return Admin.get()
                .queryOne("SELECT mended_at::text FROM core.channel_instances WHERE id = ?", id)
                .get("mended_at");
    }

    private static Response command(Api.Made company, UUID id, String command, String key) {
        var request = Api.owner();
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return request.post(path(company, id) + "/" + command);
    }

    private ChannelView stored(Api.Made company, UUID id) {
        return database.asCompany(CompanyId.of(company.id()), tx -> channels.find(tx, id))
                .orElseThrow();
    }

    private static List<String> asked(UUID id) {
        String path = "/internal/instances/" + id;
        return Api.neighbourCalls(path).stream()
                .map(call ->
                        (call.getString("method") + " " + call.getString("path").substring(path.length())).strip())
                .filter(call -> !call.equals("GET"))
                .toList();
    }

    private static List<String> actions(Api.Made company) {
        return Api.owner()
                .get(company.path() + "/audit?limit=50")
                .then()
                .statusCode(200)
                .extract()
                .path("items.action");
    }

    private static List<String> states(Api.Made company) {
        return Api.owner()
                .get(company.path() + "/audit?limit=50")
                .then()
                .statusCode(200)
                .extract()
                .path("items.after.state");
    }

    private static String path(Api.Made company, UUID id) {
        return company.path() + "/channels/" + id;
    }
}
