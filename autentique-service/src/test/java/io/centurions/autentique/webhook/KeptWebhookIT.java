package io.centurions.autentique.webhook;

import static io.centurions.autentique.Api.webhook;
import static io.centurions.autentique.Fixture.DOCUMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.centurions.autentique.Api;
import io.centurions.autentique.Fixture;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator does with the provider's webhooks that are kept. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class KeptWebhookIT {

    private CompanyId company;
    private UUID contract;
    private Instant before;

    @BeforeEach
    void the_captured_document_is_a_contract_of_ours() {
        Api.listenToTheProvider();
        company = Companies.make("guarda").company();
        contract = Api.openContract(company);
        Api.awaitStatus(company, contract, "sent");
        // What the provider tells of a new document must not come in the middle of a test.
        await().until(() -> keptOfItsDocument() > 0);
        // Not looked at any more: only what is stored counts here.
        Admin.get()
                .execute(
                        "UPDATE core.contracts SET autentique_id = ?, status = 'canceled', due_at = NULL, fence = fence + 1 WHERE id = ?",
                        DOCUMENT,
                        contract);
        Admin.get().execute("DELETE FROM core.contract_events WHERE contract_id = ?", contract);
        before = Instant.now();
    }

    @AfterEach
    void the_document_is_free_again() {
        Admin.get().execute("UPDATE core.contracts SET autentique_id = id::text WHERE id = ?", contract);
    }

    @Test
    void a_notice_and_its_webhook_are_stored_together() {
        byte[] body = Fixture.bytes("wh-signature-viewed");

        assertThat(webhook("default", body).statusCode()).isEqualTo(200);

        assertThat(notices()).isOne();
        assertThat(Admin.get()
                        .queryOne(
                                "SELECT state, address, body, headers - 'user-agent' = '{\"content-type\":\"application/json\"}' AS safe "
                                        + "FROM core.webhook_inbox_autentique WHERE company_id = ? AND body = ?",
                                company.value(),
                                body))
                .containsEntry("state", "applied")
                .containsEntry("address", "default")
                .containsEntry("body", body)
                .containsEntry("safe", true);
    }

    @Test
    void a_notice_that_we_do_not_act_on_is_kept_for_nobody() {
        byte[] body = "{\"event\":{\"id\":\"%s\",\"type\":\"document.teleported\",\"data\":{}}}"
                .formatted(contract)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThat(webhook("default", body).statusCode()).isEqualTo(200);

        assertThat(Admin.get()
                        .queryOne(
                                "SELECT state, reason, company_id, address FROM core.webhook_inbox_autentique WHERE body = ?",
                                (Object) body))
                .containsEntry("state", "applied")
                .containsEntry("reason", null)
                .containsEntry("company_id", null)
                .containsEntry("address", "default");
        rebuild().body("kept", equalTo(1)).body("unchanged", equalTo(1)).body("unreadable", equalTo(0));
    }

    @Test
    void a_document_that_becomes_known_later_is_handled_when_its_webhook_is_reprocessed() {
        Admin.get().execute("UPDATE core.contracts SET autentique_id = 'later' WHERE id = ?", contract);
        byte[] body = Fixture.bytes("wh-signature-viewed");
        assertThat(webhook("default", body).statusCode()).isEqualTo(200);
        UUID parked = (UUID) Admin.get()
                .queryOne(
                        "SELECT id FROM core.webhook_inbox_autentique WHERE reason = 'unknown_document' AND state = 'parked' "
                                + "AND position(?::bytea IN body) > 0",
                        (Object) DOCUMENT.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .get("id");

        reprocess(parked).statusCode(422);
        Admin.get().execute("UPDATE core.contracts SET autentique_id = ? WHERE id = ?", DOCUMENT, contract);
        reprocess(parked).statusCode(200).body("state", equalTo("reprocessed"));
        reprocess(parked).statusCode(409);

        assertThat(notices()).isOne();
        assertThat(Admin.get().queryOne("SELECT company_id FROM core.webhook_inbox_autentique WHERE id = ?", parked))
                .as("whose it turned out to be")
                .containsEntry("company_id", company.value());
    }

    @Test
    void notices_of_a_window_are_restored_and_nobody_looks_at_the_contract_for_it() {
        for (String name : Fixture.WEBHOOKS) {
            webhook("default", Fixture.bytes(name));
        }
        int stored = (int) notices();
        Admin.get().execute("DELETE FROM core.contract_events WHERE contract_id = ?", contract);
        long told = outbox();

        rebuild()
                .body("restored", equalTo(stored))
                .body("kept", equalTo(stored))
                .body("unreadable", equalTo(0));
        rebuild().body("restored", equalTo(0)).body("unchanged", equalTo(stored));

        assertThat(notices()).isEqualTo(stored);
        assertThat(outbox()).isEqualTo(told);
        assertThat(Admin.get().queryOne("SELECT due_at, status FROM core.contracts WHERE id = ?", contract))
                .containsEntry("due_at", null)
                .containsEntry("status", "canceled");
    }

    @Test
    void a_person_is_not_heard() {
        Api.asOwner()
                .body(Map.of())
                .post("/internal/webhooks/" + UUID.randomUUID() + "/reprocess")
                .then()
                .statusCode(403);
    }

    private static ValidatableResponse reprocess(UUID id) {
        return Api.asService()
                .body(Map.of("by", "somebody"))
                .post("/internal/webhooks/" + id + "/reprocess")
                .then();
    }

    private ValidatableResponse rebuild() {
        return Api.asService()
                .body(Map.of(
                        "from",
                        before.toString(),
                        "to",
                        Instant.now().plusSeconds(60).toString(),
                        "by",
                        "somebody"))
                .post("/internal/webhooks/rebuild")
                .then()
                .statusCode(200);
    }

    private long keptOfItsDocument() {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.contracts c JOIN core.webhook_inbox_autentique w "
                                + "ON position(convert_to(c.autentique_id, 'UTF8') IN w.body) > 0 WHERE c.id = ?",
                        contract);
    }

    private long notices() {
        return Admin.get().count("SELECT count(*) FROM core.contract_events WHERE contract_id = ?", contract);
    }

    private long outbox() {
        return Admin.get().count("SELECT count(*) FROM core.outbox_autentique WHERE company_id = ?", company.value());
    }
}
