package io.centurions.autentique.webhook;

import static io.centurions.autentique.Api.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.autentique.Api;
import io.centurions.autentique.Fixture;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.Operators;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class AutentiqueWebhookIT {

    private static final String DOCUMENT = Fixture.DOCUMENT;

    private UUID contract;

    @BeforeEach
    void the_captured_document_is_a_contract_of_ours() {
        // The provider's own webhook about the new document would be stored beside those that are sent here.
        Api.loseWhatTheProviderSends();
        Api.sandbox().delete("/faults");
        CompanyId company = Companies.make("captura").company();
        contract = Api.openContract(company);
        Api.awaitStatus(company, contract, "sent");
        Admin.get().execute("UPDATE core.contracts SET autentique_id = ? WHERE id = ?", DOCUMENT, contract);
    }

    @AfterEach
    void the_document_is_free_again() {
        Admin.get()
                .execute(
                        "UPDATE core.contracts SET autentique_id = id::text, due_at = NULL, fence = fence + 1 WHERE id = ?",
                        contract);
    }

    @Test
    void every_captured_webhook_is_stored_once_without_what_is_personal() {
        for (int round = 0; round < 2; round++) {
            for (String name : Fixture.WEBHOOKS) {
                assertThat(webhook("default", Fixture.bytes(name)).statusCode())
                        .as(name)
                        .isEqualTo(200);
            }
        }

        var stored = Admin.get()
                .query(
                        "SELECT type, payload::text AS payload FROM core.contract_events WHERE contract_id = ?",
                        contract);
        assertThat(stored).hasSize(Fixture.WEBHOOKS.size());
        assertThat(stored)
                .allSatisfy(event -> assertThat(event.get("payload").toString())
                        .doesNotContain("cpf", "birth", "geolocation", "192.0.2.10", "Maria"));
    }

    @Test
    void a_document_that_nobody_confirms_is_not_taken_for_signed() {
        webhook("default", Fixture.bytes("wh-document-finished"));

        org.awaitility.Awaitility.await()
                .until(() -> Admin.get()
                                .count(
                                        "SELECT count(*) FROM core.contracts WHERE id = ? AND status = 'sent' "
                                                + "AND status_reason = 'document-missing'",
                                        contract)
                        == 1);
        assertThat(Api.events(contract, "contract.signed")).isZero();
    }

    @Test
    void a_wrong_or_missing_signature_is_refused_and_nothing_is_stored() {
        byte[] body = Fixture.bytes("wh-document-finished");

        assertThat(webhook("default", body, "0".repeat(64)).statusCode()).isEqualTo(401);
        assertThat(webhook("default", body, null).statusCode()).isEqualTo(401);
        assertThat(Admin.get().count("SELECT count(*) FROM core.contract_events WHERE contract_id = ?", contract))
                .isZero();
    }

    @Test
    void an_unknown_endpoint_is_not_found() {
        webhook("nobody", Fixture.bytes("wh-document-finished"))
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void a_body_above_two_mebibytes_is_too_large() {
        assertThat(webhook("default", new byte[2 * 1024 * 1024 + 1]).statusCode())
                .isEqualTo(413);
    }

    @Test
    void a_document_that_is_not_ours_is_kept_without_what_is_personal_and_answered() {
        byte[] body = new String(Fixture.bytes("wh-document-finished"), StandardCharsets.UTF_8)
                .replace(DOCUMENT, "d0c-of-somebody-else")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(webhook("default", body).statusCode()).isEqualTo(200);

        var kept = Admin.get()
                .queryOne(
                        "SELECT convert_from(body, 'UTF8') AS body FROM core.webhook_inbox_autentique "
                                + "WHERE reason = 'unknown_document' AND convert_from(body, 'UTF8') LIKE '%d0c-of-somebody-else%'");
        assertThat(kept.get("body").toString()).doesNotContain("Maria", "cpf");
    }

    @Test
    void what_is_genuine_but_unreadable_is_kept_byte_for_byte_and_answered() {
        byte[] body = ("evento=documento&id=" + contract).getBytes(StandardCharsets.UTF_8);

        assertThat(webhook("default", body).statusCode()).isEqualTo(200);

        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.webhook_inbox_autentique WHERE reason = 'unreadable' AND body = ?",
                                (Object) body))
                .isOne();
    }

    @Test
    void an_unknown_event_is_answered_and_counted() {
        byte[] body = "{\"event\":{\"id\":\"e\",\"type\":\"document.teleported\",\"data\":{\"id\":\"d\"}}}"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(webhook("default", body).statusCode()).isEqualTo(200);

        assertThat(Operators.metrics())
                .containsPattern("webhook_ignored_total\\{[^}]*provider=\"autentique\"[^}]*reason=\"unknown_event\"");
    }

    @Test
    void the_service_is_ready_with_its_slice() {
        Operators.readiness().then().statusCode(200);
    }
}
