package io.centurions.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.id.ContractId;
import io.centurions.contracts.id.DealId;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class ChannelsIT {

    @TestHTTPResource
    URI self;

    @Inject
    Secrets secrets;

    private Scene scene;

    @BeforeAll
    static void waitLongEnough() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
    }

    @BeforeEach
    void open() {
        scene = Scene.open(url(""), secrets);
    }

    @Test
    void a_lead_on_instagram_gets_a_reply_whose_echo_is_no_takeover() {
        scene.withInstagramWebhook().writes("instagram", "oi, qual o valor?");
        await().until(scene::quiet);
        // The provider reads each bubble back to us, and then tells that it was read.
        await().until(() -> Admin.get()
                        .count(
                                "SELECT count(*) FROM core.messages WHERE company_id = ? AND direction = 'out' AND status <> 'read'",
                                scene.demo.company().value())
                == 0);

        assertThat(scene.receivedOnInstagram()).contains("Qual é o seu orçamento?");
        assertThat(scene.conversation()).containsEntry("state", "ai");
    }

    @Test
    void connecting_a_bot_registers_its_webhook_and_announces_it() {
        var connected = connect(scene.demo.telegram().value(), serviceToken());

        assertThat(connected.status()).isEqualTo(200);
        assertThat(connected.json().path("externalId").asText()).isEqualTo(scene.demo.telegramBot());
        assertThat(connected.json().path("mode").asText()).isEqualTo("webhook");
        assertThat(scene.registeredUrl()).endsWith("/webhooks/telegram/" + scene.demo.telegram());
        assertThat(scene.events("instance.status")).isEqualTo(1);
    }

    @Test
    void connecting_an_account_checks_its_token() {
        assertThat(connect(scene.demo.instagram().value(), serviceToken()).status())
                .isEqualTo(200);

        assertThat(refusedWith("expired")).isEqualTo("urn:centurions:problem:token-refused");
        assertThat(scene.events("instance.status")).isEqualTo(2);
    }

    @Test
    void a_good_token_of_another_account_connects_nothing() {
        assertThat(refusedWith("ig-17849999999999999")).isEqualTo("urn:centurions:problem:token-of-another-account");
        assertThat(Admin.get()
                        .query(
                                "SELECT payload ->> 'state' AS state FROM core.outbox_runtime WHERE company_id = ? AND type = 'instance.status'",
                                scene.demo.company().value()))
                .extracting(row -> row.get("state"))
                .containsExactly("ERROR");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            telegram  | 401 | "<html>sign in</html>"                                                    | 503
            telegram  | 404 | "<html>no such page</html>"                                               | 503
            telegram  | 401 | {"ok":false,"error_code":401,"description":"Unauthorized"}                | 422
            telegram  | 429 | {"ok":false,"error_code":429,"description":"Too Many Requests"}           | 503
            instagram | 401 | "<html>sign in</html>"                                                    | 503
            instagram | 404 | "<html>no such page</html>"                                               | 503
            instagram | 403 | {"error":{"message":"Application request limit reached","code":4,"fbtrace_id":"A1"}} | 503
            instagram | 400 | {"error":{"message":"Error validating access token","code":190,"fbtrace_id":"A1"}}   | 422
            instagram | 401 | {"error":{"message":"no key of this gateway","code":190}}                 | 503
            instagram | 200 | {}                                                                        | 503
            instagram | 200 | {"message":"ok"}                                                          | 503
            telegram  | 200 | {"ok":true}                                                               | 503
            telegram  | 200 | {"ok":true,"result":{}}                                                   | 503
            """)
    void only_the_providers_own_word_makes_a_token_a_bad_one(String provider, int status, String body, int told) {
        boolean telegram = provider.equals("telegram");
        scene.fault("{\"provider\":\"%s\",\"path\":\"%s\",\"status\":%d,\"times\":1,\"body\":%s}"
                .formatted(provider, telegram ? "/getMe" : "/me?fields", status, body));
        UUID channel = (telegram ? scene.demo.telegram() : scene.demo.instagram()).value();

        var answer = connect(channel, serviceToken());

        assertThat(answer.status()).isEqualTo(told);
        assertThat(answer.json().path("type").asText())
                .isEqualTo("urn:centurions:problem:" + (told == 422 ? "token-refused" : "provider-unavailable"));
        assertThat(scene.events("instance.status")).isEqualTo(told == 422 ? 1 : 0);
    }

    @Test
    void a_proxys_page_does_not_say_that_telegram_refuses_our_address() {
        scene.fault("{\"provider\":\"telegram\",\"path\":\"/setWebhook\",\"status\":403,\"times\":1}");

        assertThat(connect(scene.demo.telegram().value(), serviceToken()).status())
                .isEqualTo(503);
    }

    private String refusedWith(String token) {
        Admin.get()
                .execute(
                        "UPDATE core.channel_instances SET sealed = jsonb_build_object('access_token', ?::text) WHERE id = ?",
                        secrets.seal(scene.demo.company(), "access_token", token),
                        scene.demo.instagram().value());
        var refused = connect(scene.demo.instagram().value(), serviceToken());
        assertThat(refused.status()).isEqualTo(422);
        return refused.json().path("type").asText();
    }

    @Test
    void only_our_own_services_may_connect() {
        assertThat(connect(scene.demo.telegram().value(), null).status()).isEqualTo(401);
        assertThat(connect(scene.demo.telegram().value(), ownerToken()).status())
                .isEqualTo(403);
        assertThat(connect(UUID.randomUUID(), serviceToken()).status()).isEqualTo(404);
    }

    @Test
    void a_lead_from_a_form_is_written_to_first_and_once() {
        UUID lead = formLead();
        await().until(() -> scene.bubbles("first_contact") > 0);
        announceAgain();
        await().until(this::everythingWasPublished);

        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.turns t JOIN core.conversations c ON c.id = t.conversation_id"
                                        + " WHERE t.company_id = ? AND t.origin = 'form' AND c.lead_id = ?",
                                scene.demo.company().value(),
                                lead))
                .isEqualTo(1);
        assertThat(scene.events("reply.requested")).isEqualTo(1);
        assertThat(Admin.get()
                        .query(
                                "SELECT text FROM core.messages WHERE company_id = ? ORDER BY created_at",
                                scene.demo.company().value()))
                .extracting(row -> row.get("text"))
                .contains("Qual é o seu orçamento?");
    }

    @Test
    void a_signed_contract_is_told_in_the_same_chat_once() {
        scene.withTelegramWebhook().writes("telegram", "oi");
        await().until(scene::quiet);
        String payload = """
                {"contract":"%s","deal":"%s","lead":"%s","at":"%s"}
                """.formatted(
                ContractId.random(), DealId.random(), scene.conversation().get("lead_id"), Instant.now());

        publish("contract.signed", payload);
        publish("contract.signed", payload);
        await().until(() ->
                scene.receivedOnTelegram().stream().anyMatch(text -> text.contains("contrato foi assinado")));
        await().until(this::everythingWasPublished);

        assertThat(scene.bubbles("notice")).isEqualTo(1);
    }

    @Test
    void nothing_of_what_people_write_is_in_the_events() {
        scene.withTelegramWebhook().writes("telegram", "meu segredo é 42");
        await().until(scene::quiet);

        assertThat(Admin.get()
                        .query(
                                "SELECT payload::text AS payload FROM core.outbox_runtime WHERE company_id = ?",
                                scene.demo.company().value()))
                .isNotEmpty()
                .noneMatch(row -> row.get("payload").toString().contains("segredo"));
    }

    private UUID formLead() {
        UUID form = UUID.randomUUID();
        Admin.get()
                .execute(
                        "INSERT INTO core.lead_forms (id, company_id, key, name, instance_id, field_map, enabled) VALUES (?, ?, ?, 'Site', ?, '{}', true)",
                        form,
                        scene.demo.company().value(),
                        "site-" + form.toString().substring(0, 8),
                        scene.demo.whatsapp().value());
        return (UUID) Admin.get()
                .queryOne(
                        """
                WITH r AS MATERIALIZED (SELECT core.receive_form_lead_v1(?, ?::jsonb) AS out),
                     s AS MATERIALIZED (SELECT core.append_events_runtime_v1(r.out -> 'events') FROM r)
                SELECT (r.out ->> 'lead_id')::uuid AS lead FROM r, s
                """,
                        form,
                        "{\"name\":\"Beatriz Demo\",\"phone\":\"11 98888-7777\",\"email\":\"b@example.com\"}")
                .get("lead");
    }

    // The same event a second time, as after a lost Redis.
    private void announceAgain() {
        Admin.get()
                .execute(
                        "UPDATE core.outbox_runtime SET published_at = NULL WHERE company_id = ? AND type = 'lead.created'",
                        scene.demo.company().value());
    }

    private void publish(String type, String payload) {
        Admin.get().execute("""
                INSERT INTO core.outbox_runtime (company_id, id, type, version, subject, seq, occurred_at, correlation_id, payload)
                VALUES (?, gen_random_uuid(), ?, 1, gen_random_uuid(), 0, clock_timestamp(), gen_random_uuid(), ?::jsonb)
                """, scene.demo.company().value(), type, payload);
    }

    private boolean everythingWasPublished() {
        return Admin.get()
                        .count(
                                "SELECT count(*) FROM core.outbox_runtime WHERE company_id = ? AND published_at IS NULL",
                                scene.demo.company().value())
                == 0;
    }

    private Http.Response connect(UUID instance, String token) {
        return Http.post(
                url("/internal/channels/" + instance + "/connect"),
                token == null ? Map.of() : Map.of("Authorization", "Bearer " + token),
                new byte[0]);
    }

    private String serviceToken() {
        return token("grant_type=client_credentials&client_id=backoffice-api&client_secret=backoffice-api-secret");
    }

    private String ownerToken() {
        return token("grant_type=password&client_id=backoffice-web&username=owner@centurions.test&password=owner");
    }

    private String token(String form) {
        return Http.post(
                        sandbox() + "/oidc/token",
                        Map.of("Content-Type", "application/x-www-form-urlencoded"),
                        form.getBytes(StandardCharsets.UTF_8))
                .json()
                .path("access_token")
                .asText();
    }

    private static String sandbox() {
        return ConfigProvider.getConfig().getValue("sandbox.url", String.class);
    }

    private String url(String path) {
        return self.toString().replaceAll("/$", "") + path;
    }
}
