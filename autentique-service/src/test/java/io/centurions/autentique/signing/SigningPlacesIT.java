package io.centurions.autentique.signing;

import static io.centurions.autentique.Api.awaitStatus;
import static io.centurions.autentique.Api.openContract;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.autentique.Api;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one company's contracts take of the loop's places, and when they give it back. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class SigningPlacesIT {

    @Inject
    SigningConfig config;

    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private CompanyId broken;
    private CompanyId other;

    @BeforeEach
    void two_companies() {
        Api.listenToTheProvider();
        Api.awaitQuiet();
        broken = Companies.make("parada").company();
        other = Companies.make("outra").company();
    }

    @AfterEach
    void nothing_hangs_and_nobody_waits_for_a_lease() {
        BeforeProvider.creates(company -> {});
        over.countDown();
        Admin.get()
                .execute(
                        "UPDATE core.contracts SET due_at = NULL, lease_until = NULL, fence = fence + 1 WHERE company_id = ?",
                        broken.value());
    }

    @Test
    void a_company_whose_calls_hang_leaves_places_to_the_others() {
        forTheBrokenCompany(this::hang);
        List<UUID> hanging = contracts(config.atOnce() + 1);
        // Ten looks of the loop: whatever it would take, it has taken.
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(30))
                .until(() -> begun.get() == config.atOncePerCompany());

        UUID contract = openContract(other);
        awaitStatus(other, contract, "sent");

        assertThat(begun).hasValue(config.atOncePerCompany());
        over.countDown();
        hanging.forEach(each -> awaitStatus(broken, each, "sent"));
    }

    @Test
    void a_contract_whose_step_fails_gives_its_place_back() {
        forTheBrokenCompany(() -> {
            throw new IllegalStateException("told so by the test");
        });

        int more = contracts(config.atOncePerCompany() + 1).size();

        await().atMost(Duration.ofSeconds(10)).until(() -> begun.get() == more);
    }

    private void forTheBrokenCompany(Runnable what) {
        BeforeProvider.creates(company -> {
            if (company.equals(broken)) {
                begun.incrementAndGet();
                what.run();
            }
        });
    }

    private List<UUID> contracts(int howMany) {
        return Stream.generate(() -> openContract(broken)).limit(howMany).toList();
    }

    private void hang() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
