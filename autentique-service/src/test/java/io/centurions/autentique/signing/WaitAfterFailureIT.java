package io.centurions.autentique.signing;

import static io.centurions.autentique.Api.awaitStatus;
import static io.centurions.autentique.Api.openContract;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.autentique.Api;
import io.centurions.autentique.contract.Contract;
import io.centurions.autentique.contract.ContractRepository;
import io.centurions.autentique.contract.MoveContract;
import io.centurions.autentique.signing.ProviderResult.TryLater;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ContractId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a sent contract is looked at again after looks that failed, with the waits that it has in production. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class WaitAfterFailureIT {

    // The sixth in a row: by itself the wait is the longest, a quarter of an hour.
    private static final int LOOKS = 6;
    private static final TryLater<?> UNREADABLE = new TryLater<>(Duration.ZERO, "unreadable-answer");

    @Inject
    Database database;

    @Inject
    ContractRepository contracts;

    @Inject
    SigningRepository signing;

    @Inject
    MoveContract move;

    private Steps steps;
    private CompanyId company;
    private UUID contract;
    private String document;
    private Held held;
    private Contract before;

    @BeforeEach
    void a_contract_that_this_test_has_claimed_of_which_nothing_was_told_of_late() {
        SigningConfig production = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(SigningConfig.class)
                .build()
                .getConfigMapping(SigningConfig.class);
        steps = new Steps(database, contracts, signing, move, production);
        Api.listenToTheProvider();
        Api.awaitQuiet();
        company = Companies.make("espera").company();
        contract = openContract(company);
        document = awaitStatus(company, contract, "sent").getString("documentId");
        Api.awaitQuiet();
        Api.loseWhatTheProviderSends();
        toldAgo("2 hours");
        Admin.get()
                .execute(
                        "UPDATE core.contracts SET attempts = ?, lease_until = now() + interval '1 hour' WHERE id = ?",
                        LOOKS,
                        contract);
        held = new Held(
                company,
                ContractId.of(contract),
                Admin.get().count("SELECT fence FROM core.contracts WHERE id = ?", contract));
        before = steps.read(held).orElseThrow();
    }

    @AfterEach
    void nobody_waits_for_it() {
        Admin.get()
                .execute(
                        "UPDATE core.contracts SET due_at = NULL, lease_until = NULL, fence = fence + 1 WHERE id = ?",
                        contract);
    }

    @Test
    void without_a_notice_it_is_asked_about_ever_more_seldom() {
        steps.postpone(held, before, UNREADABLE);

        assertThat(secondsUntil("due_at")).isBetween(14 * 60L, 19 * 60L);
    }

    @Test
    void while_a_notice_has_no_answer_it_is_asked_about_soon_however_often_that_failed() {
        notice("n1");
        before = steps.read(held).orElseThrow();

        steps.postpone(held, before, UNREADABLE);

        assertThat(secondsUntil("due_at")).isBetween(28L, 38L);
    }

    @Test
    void a_notice_that_found_no_answer_for_an_hour_no_longer_hurries() {
        notice("n1");
        before = steps.read(held).orElseThrow();
        toldAgo("61 minutes");

        steps.postpone(held, before, UNREADABLE);

        assertThat(secondsUntil("due_at")).isGreaterThan(14 * 60L);
    }

    @Test
    void as_long_as_the_provider_wants_is_waited_all_the_same() {
        notice("n1");

        steps.postpone(held, before, new TryLater<>(Duration.ofMinutes(5), "http-503"));

        assertThat(secondsUntil("due_at")).isBetween(298L, 300L);
    }

    @Test
    void notices_after_a_look_that_failed_are_one_look_after_the_first_wait_and_not_one_each() {
        steps.postpone(held, before, UNREADABLE);
        long looks = looks();

        notice("n1");
        notice("n2");
        notice("n3");

        assertThat(secondsUntil("due_at")).isLessThanOrEqualTo(0);
        assertThat(secondsUntil("lease_until")).isBetween(25L, 30L);
        await().during(Duration.ofMillis(500)).until(() -> looks() == looks);
        Admin.get().execute("UPDATE core.contracts SET lease_until = now() WHERE id = ?", contract);
        await().atMost(Duration.ofSeconds(10)).until(() -> looks() > looks);
    }

    @Test
    void a_document_that_is_missing_is_looked_for_rarely_although_somebody_told_of_it() {
        notice("n1");
        before = steps.read(held).orElseThrow();

        steps.postponeMissing(held, before);

        assertThat(secondsUntil("due_at")).isGreaterThan(5 * 3600L);
    }

    @Test
    void a_notice_that_came_while_the_document_was_missing_is_not_put_off_with_it() {
        notice("n1");

        steps.postponeMissing(held, before);

        assertThat(secondsUntil("due_at")).isBetween(28L, 38L);
    }

    @Test
    void a_wish_to_cancel_that_came_during_a_look_that_failed_is_not_put_off_with_it() {
        Api.asService()
                .post("/internal/companies/{company}/contracts/{id}/cancel", company.value(), contract)
                .then()
                .statusCode(202);

        steps.postpone(held, before, UNREADABLE);

        assertThat(secondsUntil("due_at")).isBetween(28L, 38L);
    }

    private void notice(String id) {
        String body = "{\"object\":\"webhook\",\"event\":{\"id\":\"" + id + "-" + contract
                + "\",\"type\":\"signature.viewed\",\"data\":{\"public_id\":\"p\",\"document\":\"" + document
                + "\"}}}";
        assertThat(Api.webhook("default", body.getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(200);
    }

    private void toldAgo(String age) {
        Admin.get()
                .execute(
                        "UPDATE core.contract_events SET received_at = now() - ?::interval WHERE contract_id = ?",
                        age,
                        contract);
    }

    private long secondsUntil(String time) {
        return Admin.get()
                .count(
                        "SELECT floor(extract(epoch FROM " + time
                                + " - now()))::bigint FROM core.contracts WHERE id = ?",
                        contract);
    }

    private long looks() {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.delivery_attempts_autentique WHERE contract_id = ? AND step = 'look'",
                        contract);
    }
}
