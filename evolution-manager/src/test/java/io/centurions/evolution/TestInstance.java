package io.centurions.evolution;

import static io.restassured.RestAssured.given;

import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.Companies.DemoCompany;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/** A WhatsApp instance of a company of its own, provided through our REST. */
public record TestInstance(DemoCompany company, UUID id, String name) {

    /** Not provided yet. */
    public static TestInstance of(DemoCompany company) {
        return new TestInstance(company, company.whatsapp().value(), company.whatsappName());
    }

    /** Provided and connected: whoever is shown a QR scans it a second later. */
    public static TestInstance connected(String word) {
        TestInstance instance = of(Companies.make(word));
        instance.provide().statusCode(200);
        instance.command("connect").statusCode(200);
        instance.awaitState("connected");
        return instance;
    }

    public ValidatableResponse provide() {
        return provideAs(name);
    }

    public ValidatableResponse provideAs(String serverName) {
        return given().auth()
                .oauth2(Simulated.serviceToken())
                .contentType(ContentType.JSON)
                .body(Map.of("companyId", company.company().value(), "name", serverName))
                .put("/internal/instances/" + id)
                .then();
    }

    public ValidatableResponse look() {
        return given().auth()
                .oauth2(Simulated.serviceToken())
                .get("/internal/instances/" + id)
                .then();
    }

    public ValidatableResponse command(String command) {
        return given().auth()
                .oauth2(Simulated.serviceToken())
                .post("/internal/instances/" + id + "/" + command)
                .then();
    }

    public ValidatableResponse delete() {
        return given().auth()
                .oauth2(Simulated.serviceToken())
                .delete("/internal/instances/" + id)
                .then();
    }

    public void awaitState(String state) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .until(() -> look().extract().path("state").equals(state));
    }

    /** The secret that the server sends with each webhook of this instance. */
    public String secret() {
        return Simulated.registeredWebhook(name).getString("headers.'X-Centurions-Webhook-Secret'");
    }

    /** Posts a webhook as the server would. */
    public ValidatableResponse webhook(byte[] body, String secret) {
        var request = given().contentType(ContentType.JSON).body(body);
        if (secret != null) {
            request.header("X-Centurions-Webhook-Secret", secret);
        }
        return request.post("/webhooks/evolution/" + id).then();
    }

    /** The same for a body of many MiB, of each byte of which RestAssured makes an object. Returns the status. */
    public int largeWebhook(byte[] body) {
        String base = ConfigProvider.getConfig().getValue("webhook.base-url", String.class);
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/webhooks/evolution/" + id))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .header("X-Centurions-Webhook-Secret", secret())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                    .join()
                    .statusCode();
        }
    }

    public long count(String table) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core." + table + " WHERE company_id = ?",
                        company.company().value());
    }

    public long events(String type) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.outbox_evolution WHERE company_id = ? AND type = ?",
                        company.company().value(),
                        type);
    }
}
