package io.centurions.autentique.signing;

import static io.centurions.autentique.Api.awaitStatus;
import static io.centurions.autentique.Api.events;
import static io.centurions.autentique.Api.openContract;
import static io.centurions.autentique.Api.sandbox;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.autentique.Api;
import io.centurions.autentique.contract.Contract;
import io.centurions.autentique.contract.ContractRepository;
import io.centurions.autentique.contract.ContractState;
import io.centurions.autentique.contract.MoveContract;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ContractId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.DatabaseAway;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two who act on a contract at the same time leave behind, and what never gets to the provider. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class SigningRaceIT {

    @Inject
    Steps steps;

    @Inject
    AdvanceContract advance;

    @Inject
    MoveContract move;

    @Inject
    ContractRepository contracts;

    @Inject
    Database database;

    private CompanyId company;
    private UUID contract;
    private String document;

    @BeforeEach
    void a_contract_that_rests_at_its_signers() {
        Api.listenToTheProvider();
        Api.awaitQuiet();
        company = Companies.make("corrida").company();
        contract = openContract(company);
        document = awaitStatus(company, contract, "sent").getString("documentId");
        Api.awaitQuiet();
    }

    @AfterEach
    void nobody_waits_for_it() {
        Admin.get()
                .execute(
                        "UPDATE core.contracts SET due_at = NULL, lease_until = NULL, fence = fence + 1 WHERE id = ?",
                        contract);
    }

    @Test
    void a_cancel_that_meets_the_last_signature_keeps_the_signed_contract() {
        Api.loseWhatTheProviderSends();
        sandbox()
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/autentique/documents/{id}/sign", document)
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300));

        Api.asService()
                .post("/internal/companies/{company}/contracts/{id}/cancel", company.value(), contract)
                .then()
                .statusCode(202);

        await().atMost(Duration.ofSeconds(15))
                .until(() -> !"sent".equals(Api.contract(company, contract).getString("status")));
        assertThat(Api.contract(company, contract).getString("status")).isEqualTo("signed");
        assertThat(events(contract, "contract.signed")).isOne();
        assertThat(events(contract, "contract.canceled")).isZero();
        assertThat(calls("delete")).isZero();
    }

    @Test
    void who_lost_the_claim_tells_nothing_either() {
        var lost = new Held(company, ContractId.of(contract), fence() - 1);
        var reached = new AtomicBoolean();

        steps.write(lost, (tx, seen) -> reached.set(true));
        database.runAsCompany(company, tx -> {
            Contract seen =
                    contracts.held(tx, lost.contract(), lost.fence() + 1).orElseThrow();
            move.to(tx, seen, lost.fence(), new ContractState.Signed(document, Instant.now()));
        });

        assertThat(reached).isFalse();
        assertThat(Api.contract(company, contract).getString("status")).isEqualTo("sent");
        assertThat(events(contract, "contract.signed")).isZero();
    }

    @Test
    void what_the_provider_answered_is_kept_until_the_database_is_back() throws InterruptedException {
        var held = new Held(company, ContractId.of(contract), fence());
        long looks = calls("look");

        duringAnAbsenceOfTheDatabase(() -> {
            steps.call(held, "look", () -> new ProviderResult.Accepted<>("answered"));
            steps.move(held, new ContractState.Failed("told so by the test", Instant.now()));
        });

        assertThat(calls("look")).isEqualTo(looks + 1);
        assertThat(Api.contract(company, contract).getString("status")).isEqualTo("failed");
    }

    @Test
    void a_claim_under_which_nothing_was_asked_is_given_back_once_the_database_is_there_again() throws Exception {
        Admin.get()
                .execute(
                        "UPDATE core.contracts SET attempts = 3, lease_until = now() + interval '1 hour' WHERE id = ?",
                        contract);
        long looks = calls("look");
        var held = new Held(company, ContractId.of(contract), fence());

        duringAnAbsenceOfTheDatabase(() -> advance.advance(held));
        steps.giveBack(held);

        assertThat(Admin.get()
                        .count(
                                "SELECT attempts FROM core.contracts WHERE id = ? AND lease_until IS NULL AND fence = ?",
                                contract,
                                held.fence()))
                .as("given back once, however often it is said")
                .isEqualTo(2);
        assertThat(calls("look")).isEqualTo(looks);
    }

    @Test
    void a_call_that_was_kept_back_is_no_attempt_and_is_made_within_the_longest_wait() {
        Admin.get()
                .execute(
                        "UPDATE core.contracts SET attempts = 3, lease_until = now() + interval '1 hour' WHERE id = ?",
                        contract);
        var held = new Held(company, ContractId.of(contract), fence());
        Contract claimed = steps.read(held).orElseThrow();
        long looks = calls("look");

        var kept = new ProviderResult.TryLater<String>(Duration.ofHours(1), "breaker-open", false);
        steps.call(held, "look", () -> kept);
        steps.postpone(held, claimed, kept);

        assertThat(calls("look")).as("no call").isEqualTo(looks);
        assertThat(Admin.get()
                        .count(
                                "SELECT attempts FROM core.contracts WHERE id = ? AND lease_until IS NULL "
                                        + "AND due_at BETWEEN now() AND now() + interval '3 s'",
                                contract))
                .isEqualTo(2);
    }

    @Test
    void what_was_claimed_and_could_not_be_read_is_sent_without_waiting_for_the_lease() throws Exception {
        // Claimed and read, but its template is not to be had.
        var locked = Thread.ofVirtual()
                .start(() -> Admin.get()
                        .execute("DO $$ BEGIN LOCK TABLE core.contract_templates; PERFORM pg_sleep(3); END $$"));
        await().until(() -> Admin.get()
                        .count("SELECT count(*) FROM pg_locks WHERE granted AND mode = 'AccessExclusiveLock'"
                                + " AND relation = 'core.contract_templates'::regclass")
                == 1);
        Admin.get()
                .execute(
                        "UPDATE core.contracts SET status = 'sending', autentique_id = NULL, attempts = 0, due_at = now()"
                                + " WHERE id = ?",
                        contract);
        await().until(() ->
                Admin.get().count("SELECT count(*) FROM core.contracts WHERE id = ? AND lease_until > now()", contract)
                        == 1);
        var away = DatabaseAway.begins();
        try {
            locked.join();
        } finally {
            away.close();
        }

        awaitStatus(company, contract, "sent");
        assertThat(calls("find"))
                .as("nobody asked for it, so it need not be looked for")
                .isZero();
    }

    @Test
    void a_notice_that_comes_during_a_look_has_the_contract_looked_at_again() {
        // Nobody claims it: this test is the one who looks.
        Admin.get().execute("UPDATE core.contracts SET lease_until = now() + interval '1 hour' WHERE id = ?", contract);
        long looks = calls("look");
        var held = new Held(company, ContractId.of(contract), fence());
        Contract before = database.asCompany(company, tx -> contracts.held(tx, held.contract(), held.fence()))
                .orElseThrow();

        assertThat(notice("n-" + contract).statusCode()).isEqualTo(200);
        assertThat(notice("n-" + contract).statusCode()).isEqualTo(200);
        long notices = Admin.get().count("SELECT notices FROM core.contracts WHERE id = ?", contract);
        steps.write(held, (tx, now) -> steps.moveOrRest(tx, held, before, now, now.state()));

        assertThat(notices).as("a repeat is no other notice").isEqualTo(before.notices() + 1);
        await().atMost(Duration.ofSeconds(10)).until(() -> calls("look") > looks);
    }

    @Test
    void a_contract_that_cannot_be_printed_is_tried_again_after_a_wait() {
        unprintable("now()");

        await().atMost(Duration.ofSeconds(10))
                .until(() -> Admin.get()
                                .count(
                                        "SELECT count(*) FROM core.contracts WHERE id = ? AND status = 'sending' "
                                                + "AND status_reason = 'unprintable' AND attempts >= 2",
                                        contract)
                        == 1);
    }

    @Test
    void a_contract_that_could_not_be_printed_for_a_day_fails_with_the_reason() {
        unprintable("now() - interval '25 hours'");

        var failed = awaitStatus(company, contract, "failed");

        assertThat(failed.getString("reason")).isEqualTo("gave-up:unprintable");
        await().during(Duration.ofMillis(500)).until(() -> calls("find") == 0);
    }

    private static void duringAnAbsenceOfTheDatabase(Runnable work) throws InterruptedException {
        var away = DatabaseAway.begins();
        var back = Thread.ofVirtual().start(() -> {
            LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
            away.close();
        });
        work.run();
        back.join();
    }

    // Its template asks for fields that it does not have: nothing but a printer that throws.
    private void unprintable(String createdAt) {
        Admin.get()
                .execute(
                        "UPDATE core.contracts SET status = 'sending', autentique_id = NULL, attempts = 0, fields = '{}', "
                                + "due_at = now(), created_at = " + createdAt + " WHERE id = ?",
                        contract);
    }

    private io.restassured.response.Response notice(String id) {
        String body = "{\"object\":\"webhook\",\"event\":{\"id\":\"" + id
                + "\",\"type\":\"signature.viewed\",\"data\":{\"public_id\":\"p\",\"document\":\"" + document
                + "\"}}}";
        return Api.webhook("default", body.getBytes(StandardCharsets.UTF_8));
    }

    private long fence() {
        return Admin.get().count("SELECT fence FROM core.contracts WHERE id = ?", contract);
    }

    private long calls(String step) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.delivery_attempts_autentique WHERE contract_id = ? AND step = ?",
                        contract,
                        step);
    }
}
