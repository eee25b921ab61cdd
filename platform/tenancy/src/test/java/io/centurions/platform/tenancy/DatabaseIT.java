package io.centurions.platform.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
class DatabaseIT {

    private static final String COMPANIES = "SELECT id FROM core.companies";

    @Inject
    Database database;

    @Test
    void a_company_sees_itself_and_nobody_else() {
        CompanyId company = Companies.make("tenancy").company();
        Companies.make("tenancy");

        List<Row> seen = database.asCompany(company, tx -> tx.query(COMPANIES));

        assertThat(seen).extracting(row -> row.getUUID("id")).containsExactly(company.value());
    }

    @Test
    void one_round_trip_sees_the_same_as_a_transaction_and_leaves_no_claim_behind() {
        CompanyId company = Companies.make("tenancy").company();

        assertThat(database.onceAsCompany(company, COMPANIES)).hasSize(1);
        assertThat(database.call(COMPANIES)).as("no claims, no rows").isEmpty();
    }

    @Test
    void a_refused_statement_in_one_round_trip_is_told_and_the_connection_stays_usable() {
        CompanyId company = Companies.make("tenancy").company();

        assertThatThrownBy(() -> database.onceAsCompany(company, "SELECT 1 / 0"))
                .isInstanceOf(PgException.class);
        assertThat(database.onceAsCompany(company, COMPANIES)).hasSize(1);
    }

    @Test
    void a_failure_rolls_back_and_runs_nothing_after_the_commit() {
        CompanyId company = Companies.make("tenancy").company();
        List<String> after = new ArrayList<>();

        assertThatThrownBy(() -> database.runAsCompany(company, tx -> {
                    tx.execute("UPDATE core.companies SET name = 'Changed' WHERE id = $1", company.value());
                    tx.afterCommit(() -> after.add("committed"));
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");

        assertThat(after).isEmpty();
        String name = database.onceAsCompany(company, "SELECT name FROM core.companies")
                .getFirst()
                .getString(0);
        assertThat(name).isNotEqualTo("Changed");
    }

    @Test
    void what_is_sent_is_done_in_order_and_answered_when_asked() {
        CompanyId company = Companies.make("tenancy").company();

        String seen = database.asCompany(company, tx -> {
            tx.send("UPDATE core.companies SET name = 'One' WHERE id = $1", company.value());
            var one = tx.send("SELECT name FROM core.companies");
            tx.send("UPDATE core.companies SET name = 'Two' WHERE id = $1", company.value());
            return one.get().getFirst().getString(0);
        });

        assertThat(seen).isEqualTo("One");
        assertThat(database.onceAsCompany(company, "SELECT name FROM core.companies")
                        .getFirst()
                        .getString(0))
                .isEqualTo("Two");
    }

    @Test
    void a_statement_that_fails_unasked_or_unheard_commits_nothing() {
        CompanyId company = Companies.make("tenancy").company();
        List<String> after = new ArrayList<>();

        assertThatThrownBy(() -> database.runAsCompany(company, tx -> {
                    tx.execute("UPDATE core.companies SET name = 'Changed' WHERE id = $1", company.value());
                    tx.send("SELECT 1 / 0");
                    tx.afterCommit(() -> after.add("committed"));
                }))
                .isInstanceOf(PgException.class)
                .hasMessageContaining("division");
        assertThatThrownBy(() -> database.runAsCompany(company, tx -> {
                    tx.execute("UPDATE core.companies SET name = 'Changed' WHERE id = $1", company.value());
                    try {
                        tx.execute("SELECT 1 / 0");
                    } catch (PgException unheard) {
                        after.add("caught");
                    }
                    tx.afterCommit(() -> after.add("committed"));
                }))
                .isInstanceOf(PgException.class)
                .hasMessageContaining("division");

        assertThat(after).containsExactly("caught");
        assertThat(database.onceAsCompany(company, "SELECT name FROM core.companies")
                        .getFirst()
                        .getString(0))
                .isNotEqualTo("Changed");
    }

    @Test
    void what_runs_after_the_commit_finds_it_committed_and_may_use_the_database() {
        CompanyId company = Companies.make("tenancy").company();
        List<String> names = new ArrayList<>();

        database.runAsCompany(company, tx -> {
            tx.execute("UPDATE core.companies SET name = 'Changed' WHERE id = $1", company.value());
            tx.afterCommit(() -> names.add(database.onceAsCompany(company, "SELECT name FROM core.companies")
                    .getFirst()
                    .getString(0)));
        });

        assertThat(names).containsExactly("Changed");
    }

    @Test
    void a_reader_sees_several_companies_and_can_change_none() {
        CompanyId one = Companies.make("tenancy").company();
        CompanyId other = Companies.make("tenancy").company();
        Person person = new Person("owner", "super_admin");

        List<Row> seen = database.asReader(person, tx -> tx.query(COMPANIES));
        assertThat(seen).extracting(row -> row.getUUID("id")).contains(one.value(), other.value());
        assertThatThrownBy(() -> database.asReader(person, tx -> tx.execute("UPDATE core.companies SET name = 'x'")))
                .isInstanceOf(PgException.class);
    }

    @Test
    void interleaved_companies_on_pooled_connections_never_see_each_other() throws Exception {
        List<CompanyId> companies = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            companies.add(Companies.make("tenancy").company());
        }
        List<Future<Boolean>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int request = 0; request < 500; request++) {
                CompanyId company = companies.get(request % companies.size());
                boolean once = request % 2 == 0;
                answers.add(threads.submit(() -> {
                    List<Row> seen = once
                            ? database.onceAsCompany(company, COMPANIES)
                            : database.asCompany(company, tx -> tx.query(COMPANIES));
                    return seen.size() == 1 && seen.getFirst().getUUID("id").equals(company.value());
                }));
            }
        }

        for (Future<Boolean> answer : answers) {
            assertThat(answer.get()).isTrue();
        }
    }

    /** What one company waits for holds connections; some are left to the others, and to what claims work for all. */
    @Test
    void a_company_whose_transactions_wait_leaves_connections_to_others() throws Exception {
        CompanyId stuck = Companies.make("tenancy").company();
        CompanyId other = Companies.make("tenancy").company();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        String lock = "SELECT pg_advisory_xact_lock(hashtext('" + stuck + "'))";
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> behind = new ArrayList<>();
            try {
                behind.add(threads.submit(() -> database.runAsCompany(stuck, tx -> {
                    tx.query(lock);
                    held.countDown();
                    awaitQuietly(goOn);
                })));
                held.await();
                for (int n = 0; n < 50; n++) {
                    behind.add(threads.submit(() -> database.onceAsCompany(stuck, lock)));
                }

                assertThat(threads.submit(() -> database.onceAsCompany(other, COMPANIES))
                                .get(5, TimeUnit.SECONDS))
                        .hasSize(1);
                assertThat(threads.submit(() -> database.call("SELECT 1")).get(5, TimeUnit.SECONDS))
                        .hasSize(1);
                assertThat(behind).noneMatch(Future::isDone);
            } finally {
                goOn.countDown();
            }
            for (Future<?> one : behind) {
                one.get();
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
