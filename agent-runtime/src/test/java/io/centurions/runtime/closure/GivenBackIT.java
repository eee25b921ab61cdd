package io.centurions.runtime.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.think.Outcome;
import io.centurions.runtime.think.Thinking;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person takes a conversation between its answer and the first bubble, and gives it back without a word. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class GivenBackIT {

    private static final Thinking.Decided DROPPED =
            new Thinking.Decided(new Outcome.Reply(List.of("Nunca dito")), Map.of(), new Thinking.Usage("m", 1, 1));

    @TestHTTPResource
    URI self;

    @Inject
    Secrets secrets;

    @Inject
    Database database;

    @Inject
    BurstRepository bursts;

    @Inject
    CommitTurn commit;

    private WaitingBurst waiting;

    @BeforeEach
    void answer() {
        waiting = WaitingBurst.of(self.toString().replaceAll("/$", ""), secrets);
        // Somebody else delivers, until the test lets go.
        waiting.change("delivery_lease_until = clock_timestamp() + interval '10 minutes'");
        Burst burst = ((BurstRepository.Found.Ready) bursts.read(waiting.turn())).burst();
        assertThat(commit.commit(burst, DROPPED, 0, false)).isTrue();
    }

    @Test
    void the_lead_gets_one_answer() {
        takeAndGiveBack();
        await().atMost(Duration.ofSeconds(20)).until(() -> waiting.turns() == 2);

        delivered();

        assertThat(replies("accepted")).isEqualTo(1);
        assertThat(waiting.scene().receivedOnTelegram()).isNotEmpty().doesNotContain("Nunca dito");
    }

    @Test
    void the_lead_gets_one_answer_also_when_that_happens_twice() {
        takeAndGiveBack();
        await().atMost(Duration.ofSeconds(20)).until(() -> waiting.turns() == 2);
        takeAndGiveBack();
        await().atMost(Duration.ofSeconds(20)).until(() -> waiting.turns() == 3);

        delivered();

        assertThat(replies("accepted")).isEqualTo(1);
        assertThat(replies("superseded")).isEqualTo(2);
    }

    private void takeAndGiveBack() {
        ask("SELECT core.take_over_v1($1, 'supervisor', NULL)");
        ask("SELECT core.return_to_machine_v1($1, 'supervisor', NULL)");
    }

    private void ask(String what) {
        database.onceAsCompany(
                waiting.turn().company(), what, waiting.turn().conversation().value());
    }

    private void delivered() {
        waiting.change("delivery_lease_until = NULL");
        await().atMost(Duration.ofSeconds(20)).until(waiting.scene()::quiet);
    }

    private long replies(String status) {
        return Admin.get()
                .count(
                        "SELECT count(DISTINCT reply_id) FROM core.messages WHERE company_id = ? AND status = ?",
                        waiting.company(),
                        status);
    }
}
