package io.centurions.autentique;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.webhooks.Signatures;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** The service and the simulated provider as their callers meet them. */
public final class Api {

    public static final String WEBHOOK_SECRET = "sandbox-autentique-webhook-secret";

    private static final String TEXT = "Eu, {{nome}}, contrato a prestação de serviços por {{valor}}.";

    private Api() {}

    /** The simulated provider sends its webhooks to the service under test. */
    public static void listenToTheProvider() {
        String port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", String.class);
        sendWebhooksTo("http://localhost:" + port + "/webhooks/autentique/default");
        sandbox().delete("/faults");
    }

    /** Its webhooks from now on reach nobody; those that a test sends itself are the only ones. */
    public static void loseWhatTheProviderSends() {
        sendWebhooksTo("http://localhost:1/nobody");
    }

    private static void sendWebhooksTo(String url) {
        sandbox()
                .contentType(ContentType.JSON)
                .body(Map.of("url", url, "secret", WEBHOOK_SECRET))
                .post("/autentique/_sandbox/endpoint")
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300));
    }

    /**
     * No contract of an earlier test is on its way any more: a fault would meet it instead. What a test ended by hand, and
     * what only waits, is put aside; what is at work is waited for.
     */
    public static void awaitQuiet() {
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            Admin.get()
                    .execute(
                            "UPDATE core.contracts SET due_at = NULL, lease_until = NULL"
                                    + " WHERE status NOT IN ('sending', 'sent') AND (due_at IS NOT NULL OR lease_until IS NOT NULL)");
            Admin.get()
                    .execute(
                            "UPDATE core.contracts SET due_at = now() + interval '1 day'"
                                    + " WHERE due_at < now() + interval '1 hour' AND coalesce(lease_until, '-infinity') <= now()");
            return Admin.get()
                            .count("SELECT count(*) FROM core.contracts "
                                    + "WHERE due_at < now() + interval '1 hour' OR lease_until > now()")
                    == 0;
        });
    }

    public static RequestSpecification sandbox() {
        return given().baseUri(sandboxUrl())
                .port(java.net.URI.create(sandboxUrl()).getPort());
    }

    /** A call of another of our services. */
    public static RequestSpecification asService() {
        return given().auth()
                .oauth2(token("backoffice-api", "client_credentials"))
                .contentType(ContentType.JSON);
    }

    /** A call of a person, which has no business here. */
    public static RequestSpecification asOwner() {
        String token = sandbox()
                .formParam("grant_type", "password")
                .formParam("client_id", "backoffice-web")
                .formParam("username", "owner@centurions.test")
                .formParam("password", "owner")
                .post("/oidc/token")
                .jsonPath()
                .getString("access_token");
        return given().auth().oauth2(token).contentType(ContentType.JSON);
    }

    public static UUID template(CompanyId company) {
        return asService()
                .body(Map.of("name", "Proposta comercial", "body", TEXT))
                .post("/internal/companies/{company}/templates", company.value())
                .jsonPath()
                .getUUID("id");
    }

    public static Map<String, Object> contractRequest(UUID template, String key) {
        return Map.of(
                "dealId",
                UUID.randomUUID(),
                "leadId",
                UUID.randomUUID(),
                "templateId",
                template,
                "fields",
                Map.of("nome", "Maria Teste", "valor", "R$ 3.500,00"),
                "signers",
                List.of(Map.of("name", "Maria Teste", "email", "maria@cliente.example", "delivery", "email")),
                "idempotencyKey",
                key,
                "valueCents",
                350_000,
                "currency",
                "BRL");
    }

    public static Response open(CompanyId company, Map<String, Object> request) {
        return asService().body(request).post("/internal/companies/{company}/contracts", company.value());
    }

    /** A contract opened for this company; what became of it is not waited for. */
    public static UUID openContract(CompanyId company) {
        Response opened = open(
                company, contractRequest(template(company), UUID.randomUUID().toString()));
        assertThat(opened.statusCode()).as(opened.asString()).isEqualTo(201);
        return opened.jsonPath().getUUID("id");
    }

    public static JsonPath contract(CompanyId company, UUID contract) {
        return asService()
                .get("/internal/companies/{company}/contracts/{id}", company.value(), contract)
                .jsonPath();
    }

    public static JsonPath awaitStatus(CompanyId company, UUID contract, String status) {
        return await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> contract(company, contract), seen -> status.equals(seen.getString("status")));
    }

    /** How often this fact was told. */
    public static long events(UUID contract, String type) {
        return Admin.get()
                .count("SELECT count(*) FROM core.outbox_autentique WHERE subject = ? AND type = ?", contract, type);
    }

    public static Response webhook(String endpoint, byte[] body) {
        return webhook(endpoint, body, Signatures.hmacSha256Hex(WEBHOOK_SECRET.getBytes(StandardCharsets.UTF_8), body));
    }

    public static Response webhook(String endpoint, byte[] body, String signature) {
        RequestSpecification call = given().contentType("application/json").body(body);
        return (signature == null ? call : call.header("X-Autentique-Signature", signature))
                .post("/webhooks/autentique/{endpoint}", endpoint);
    }

    private static String token(String client, String grant) {
        return sandbox()
                .formParam("grant_type", grant)
                .formParam("client_id", client)
                .formParam("client_secret", client + "-secret")
                .post("/oidc/token")
                .jsonPath()
                .getString("access_token");
    }

    private static String sandboxUrl() {
        return ConfigProvider.getConfig().getValue("sandbox.url", String.class);
    }
}
