package io.centurions.backoffice.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.cut.Cuts;
import io.centurions.platform.testkit.cut.Moment;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The turn through all companies, whose owner changes: each new one is another process, and knows nothing. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class WallsInTurnIT {

    private static final Lease OURS = () -> true;
    private static final UUID BEGINNING = new UUID(0, 0);

    @Inject
    Database database;

    @Inject
    MeterRegistry meters;

    private final Told told = new Told();
    private Api.Made first;
    private Api.Made second;

    /** A company that is looked at is told of. */
    @BeforeEach
    void two_companies_one_after_the_other_with_open_locks() {
        first = ajar("primeira");
        second = ajar("segunda");
        Logger.getLogger(CompareWalls.class.getName()).addHandler(told);
        stand(
                "(SELECT c.company_id FROM core.company_crms c WHERE c.company_id < ? ORDER BY 1 DESC LIMIT 1)",
                first.id());
    }

    @AfterEach
    void gone_with_their_holes() {
        Logger.getLogger(CompareWalls.class.getName()).removeHandler(told);
        for (Api.Made company : List.of(first, second)) {
            Admin.get().execute("DROP SCHEMA " + company.schema() + " CASCADE");
            Admin.get().execute("DELETE FROM core.company_crms WHERE company_id = ?", company.id());
            Admin.get().execute("UPDATE core.companies SET status = 'archived' WHERE id = ?", company.id());
        }
        stand("?", BEGINNING);
    }

    @Test
    void a_new_owner_goes_on_where_the_one_before_stopped() {
        owner().run(OURS);
        assertThat(told.companies).containsExactly(first.id());

        owner().run(OURS);
        assertThat(told.companies).containsExactly(first.id(), second.id());
    }

    @Test
    void whoever_dies_between_looking_and_going_on_has_the_same_ones_looked_at_again() {
        String advance = advance();
        Cuts cuts = Cuts.at("database");
        cuts.next(advance, Moment.BEFORE);
        try {
            assertThatThrownBy(() -> owner().run(OURS)).isInstanceOf(DatabaseUnavailable.class);
        } finally {
            cuts.never();
        }
        assertThat(told.companies).containsExactly(first.id());

        // The pool may give out what was cut, once.
        await().ignoreExceptionsInstanceOf(DatabaseUnavailable.class).until(() -> {
            owner().run(OURS);
            return true;
        });
        assertThat(told.companies).containsExactly(first.id(), first.id());
        owner().run(OURS);
        assertThat(told.companies).containsExactly(first.id(), first.id(), second.id());
    }

    @Test
    void an_owner_who_was_overtaken_while_it_looked_moves_nothing_back() {
        Tally overtaking = new Tally(meters) {
            @Override
            void tried(String attack, int hits) {
                owner().run(OURS);
                owner().run(OURS);
            }
        };

        new CompareWalls(database, overtaking, new OneARound()).run(OURS);

        assertThat(told.companies).containsExactly(first.id(), first.id(), second.id());
        assertThat(position()).isEqualTo(second.id());
    }

    @Test
    void after_the_last_company_comes_the_first() {
        stand("(SELECT max(c.company_id::text)::uuid FROM core.company_crms c WHERE ?)", true);

        owner().run(OURS);

        assertThat(position()).isEqualTo(BEGINNING);
    }

    private CompareWalls owner() {
        return new CompareWalls(database, new Tally(meters), new OneARound());
    }

    private record OneARound() implements IsolationConfig {
        @Override
        public Duration every() {
            return Duration.ofMinutes(1);
        }

        @Override
        public int wallsARound() {
            return 1;
        }
    }

    private static Api.Made ajar(String word) {
        Api.Made company = Api.aCompany(word);
        Admin.get().execute("ALTER POLICY crm_user ON " + company.schema() + ".deals USING (true)");
        return company;
    }

    private static void stand(String at, Object parameter) {
        Admin.get().execute("UPDATE core.walls_compared SET up_to = " + at, parameter);
    }

    private static UUID position() {
        return (UUID)
                Admin.get().queryOne("SELECT up_to FROM core.walls_compared").get("up_to");
    }

    // As it was seen to be sent, in a round that is taken back.
    private String advance() {
        UUID before = position();
        Cuts.at("database").forget();
        owner().run(OURS);
        stand("?", before);
        told.companies.clear();
        return Cuts.at("database").seen().stream()
                .filter(sql -> sql.contains("UPDATE core.walls_compared"))
                .findFirst()
                .orElseThrow();
    }

    private static final class Told extends Handler {

        private final List<UUID> companies = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            String text = String.format(line.getMessage(), line.getParameters());
            companies.add(UUID.fromString(text.substring(text.lastIndexOf("company_id=") + "company_id=".length())));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
