package io.centurions.autentique.signing;

import static io.centurions.autentique.Api.awaitStatus;
import static io.centurions.autentique.Api.events;
import static io.centurions.autentique.Api.openContract;
import static io.centurions.autentique.Api.sandbox;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.autentique.Api;
import io.centurions.autentique.contract.ContractState;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ContractId;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class SigningFlowIT {

    @Inject
    Steps steps;

    private CompanyId company;

    @BeforeEach
    void a_company_and_a_listening_service() {
        Api.listenToTheProvider();
        Api.awaitQuiet();
        company = Companies.make("assina").company();
    }

    @AfterEach
    void the_provider_is_well_again() {
        sandbox().delete("/faults");
    }

    @Test
    void a_contract_is_sent_and_signed_and_each_fact_is_told_once_although_notices_repeat() {
        UUID contract = openContract(company);
        String document = awaitStatus(company, contract, "sent").getString("documentId");

        act(document, "sign");
        var signed = awaitStatus(company, contract, "signed");
        repeatNotices(document);

        assertThat(signed.getString("signers[0].state")).isEqualTo("signed");
        assertThat(Admin.get().count("SELECT count(*) FROM core.contract_events WHERE contract_id = ?", contract))
                .isPositive();
        assertThat(events(contract, "contract.created")).isOne();
        assertThat(events(contract, "contract.signed")).isOne();
        assertThat(outcomes(contract, "create")).isEqualTo("accepted");
    }

    @Test
    void a_refusal_rejects_the_contract() {
        UUID contract = openContract(company);
        String document = awaitStatus(company, contract, "sent").getString("documentId");

        act(document, "reject");
        var rejected = awaitStatus(company, contract, "rejected");

        assertThat(rejected.getString("signers[0].state")).isEqualTo("rejected");
        assertThat(events(contract, "contract.rejected")).isOne();
        assertThat(events(contract, "contract.signed")).isZero();
    }

    @Test
    void a_view_moves_nothing_but_the_signer() {
        UUID contract = openContract(company);
        String document = awaitStatus(company, contract, "sent").getString("documentId");

        act(document, "view");

        await().atMost(Duration.ofSeconds(10))
                .until(() -> "viewed".equals(Api.contract(company, contract).getString("signers[0].state")));
        assertThat(Api.contract(company, contract).getString("status")).isEqualTo("sent");
    }

    @Test
    void a_document_whose_making_was_not_answered_is_found_and_not_made_again() {
        fault(Map.of("provider", "autentique", "delayMs", 2_000, "times", 1));

        UUID contract = openContract(company);
        awaitStatus(company, contract, "sent");

        assertThat(outcomes(contract, "create")).isEqualTo("try_later");
        assertThat(outcomes(contract, "find")).startsWith("accepted");
        assertThat(events(contract, "contract.created")).isOne();
    }

    @Test
    void a_provider_that_fails_is_asked_again() {
        fault(Map.of("provider", "autentique", "status", 503, "times", 1));

        UUID contract = openContract(company);
        awaitStatus(company, contract, "sent");

        assertThat(outcomes(contract, "create")).isEqualTo("try_later,accepted");
    }

    @Test
    void what_was_kept_back_and_never_offered_is_offered_without_being_looked_for() {
        fault(Map.of("provider", "autentique", "status", 429, "times", 1, "headers", Map.of("Retry-After", "2")));
        UUID limited = openContract(company);
        await().until(() -> "try_later".equals(outcomes(limited, "create")));

        UUID kept = openContract(company);
        await().until(() -> Admin.get()
                        .count(
                                "SELECT count(*) FROM core.contracts WHERE id = ? AND attempts = 0 "
                                        + "AND status_reason = 'account-limited'",
                                kept)
                == 1);
        awaitStatus(company, kept, "sent");

        assertThat(outcomes(kept, "create")).isEqualTo("accepted");
        assertThat(outcomes(kept, "find")).isEqualTo("null");
    }

    @Test
    void an_error_that_we_do_not_know_is_tried_again() {
        unknownError(Map.of("times", 1));

        UUID contract = openContract(company);
        awaitStatus(company, contract, "sent");

        assertThat(outcomes(contract, "create")).isEqualTo("try_later,accepted");
    }

    @Test
    void an_error_that_we_do_not_know_fails_the_contract_after_a_day() {
        unknownError(Map.of());
        UUID contract = openContract(company);
        await().until(() -> "try_later".equals(outcomes(contract, "create")));

        Admin.get()
                .execute("UPDATE core.contracts SET created_at = now() - interval '25 hours' WHERE id = ?", contract);
        var failed = awaitStatus(company, contract, "failed");

        assertThat(failed.getString("reason")).isEqualTo("gave-up:a_code_of_tomorrow");
    }

    @Test
    void a_contract_that_the_provider_refuses_fails_with_the_reason() {
        fault(Map.of("provider", "autentique", "status", 200, "times", 1, "body", Map.of("errors", new Object[] {
            Map.of("message", "validation", "extensions", Map.of("validation", Map.of("signers.0.email", new String[] {
                "invalid_email"
            })))
        })));

        UUID contract = openContract(company);
        var failed = awaitStatus(company, contract, "failed");

        assertThat(failed.getString("reason")).isEqualTo("validation:signers.0.email=invalid_email");
        assertThat(events(contract, "contract.created")).isZero();
    }

    @Test
    void a_contract_that_is_canceled_can_no_longer_be_signed() {
        UUID contract = openContract(company);
        String document = awaitStatus(company, contract, "sent").getString("documentId");

        cancel(contract, 202);
        awaitStatus(company, contract, "canceled");
        cancel(contract, 202);

        assertThat(outcomes(contract, "block")).isEqualTo("accepted");
        assertThat(events(contract, "contract.canceled")).isOne();
        assertThat(document).isNotBlank();
    }

    @Test
    void a_signature_lost_as_a_notice_is_found_when_the_contract_is_looked_at() {
        UUID contract = openContract(company);
        String document = awaitStatus(company, contract, "sent").getString("documentId");
        Api.awaitQuiet();
        Api.loseWhatTheProviderSends();

        act(document, "sign");
        Admin.get().execute("UPDATE core.contracts SET due_at = now() WHERE id = ?", contract);

        awaitStatus(company, contract, "signed");
    }

    @Test
    void what_a_dead_process_had_sent_is_found_again_and_not_sent_twice() {
        UUID contract = openContract(company);
        String document = awaitStatus(company, contract, "sent").getString("documentId");
        Api.awaitQuiet();

        // As a process leaves it that dies after the provider's work and before its own commit.
        Admin.get()
                .execute(
                        "UPDATE core.contracts SET status = 'sending', autentique_id = NULL, attempts = 1, due_at = now(), "
                                + "lease_until = now() + interval '1 second' WHERE id = ?",
                        contract);

        assertThat(awaitStatus(company, contract, "sent").getString("documentId"))
                .isEqualTo(document);
        assertThat(outcomes(contract, "create")).isEqualTo("accepted");
    }

    @Test
    void who_lost_the_claim_writes_nothing() {
        UUID contract = openContract(company);
        awaitStatus(company, contract, "sent");
        Api.awaitQuiet();
        long fence = Admin.get().count("SELECT fence FROM core.contracts WHERE id = ?", contract);

        steps.move(
                new Held(company, ContractId.of(contract), fence - 1),
                new ContractState.Failed("too-late", Instant.now()));

        assertThat(Api.contract(company, contract).getString("status")).isEqualTo("sent");
    }

    private static void act(String document, String what) {
        sandbox()
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/autentique/documents/{id}/{what}", document, what)
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300));
    }

    private void cancel(UUID contract, int status) {
        Api.asService()
                .post("/internal/companies/{company}/contracts/{id}/cancel", company.value(), contract)
                .then()
                .statusCode(status);
    }

    private static void fault(Map<String, Object> fault) {
        sandbox().contentType(ContentType.JSON).body(fault).post("/faults");
    }

    private static void unknownError(Map<String, Object> more) {
        var fault = new HashMap<>(more);
        fault.putAll(Map.of("provider", "autentique", "status", 200));
        fault.put("body", Map.of("errors", List.of(Map.of("message", "a_code_of_tomorrow"))));
        fault(fault);
    }

    // As the provider does after a lost answer: the same event ids, signed again.
    private static void repeatNotices(String document) {
        for (var stored : Admin.get()
                .query(
                        "SELECT e.provider_event_id, e.type FROM core.contract_events e JOIN core.contracts c ON c.id = e.contract_id "
                                + "WHERE c.autentique_id = ?",
                        document)) {
            String data = stored.get("type").toString().startsWith("document")
                    ? "{\"id\":\"" + document + "\"}"
                    : "{\"public_id\":\"p\",\"document\":\"" + document + "\"}";
            String body = "{\"object\":\"webhook\",\"event\":{\"id\":\"" + stored.get("provider_event_id")
                    + "\",\"type\":\"" + stored.get("type") + "\",\"data\":" + data + "}}";
            assertThat(Api.webhook("default", body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static String outcomes(UUID contract, String step) {
        return String.valueOf(Admin.get()
                .queryOne(
                        "SELECT string_agg(outcome, ',' ORDER BY at) AS outcomes FROM core.delivery_attempts_autentique "
                                + "WHERE contract_id = ? AND step = ?",
                        contract,
                        step)
                .get("outcomes"));
    }
}
