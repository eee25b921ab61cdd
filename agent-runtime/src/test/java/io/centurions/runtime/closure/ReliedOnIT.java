package io.centurions.runtime.closure;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A turn reads its burst while a call of the answer before is on the wire, and takes that answer for said. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class ReliedOnIT {

    private static final Thinking.Decided ANSWER =
            new Thinking.Decided(new Outcome.Reply(List.of("Custa 90.")), Map.of(), new Thinking.Usage("m", 1, 1));
    private static final Thinking.Decided SILENCE =
            new Thinking.Decided(new Outcome.Silence(), Map.of(), ANSWER.usage());

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
    private HeldDelivery delivery;
    private Burst burst;

    @BeforeEach
    void readWithACallOnTheWire() {
        waiting = WaitingBurst.of(self.toString().replaceAll("/$", ""), secrets);
        delivery = HeldDelivery.of(waiting, database);
        assertThat(commit.commit(read(), ANSWER, 0, false)).isTrue();
        delivery.begin();
        waiting.scene().writes("telegram", "ok");
        burst = read();
        assertThat(burst.before().unsaid()).as("it may have been said").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"later", "refused"})
    void a_draft_is_void_once_that_was_not_sent(String outcome) {
        delivery.settle(outcome, null);

        assertThat(commit.commit(burst, SILENCE, 0, false)).isFalse();
        assertThat(commit.commit(burst, SILENCE, 3, true)).isFalse();

        assertThat(waiting.turns()).isEqualTo(1);
        assertThat(waiting.conversation()).containsEntry("answered_seq", 1L);
        assertThat(commit.commit(read(), ANSWER, 1, false)).as("who knows it").isTrue();
    }

    @Test
    void a_draft_is_void_once_newer_words_have_dropped_that() {
        delivery.settle("later", null);
        keepDelivery();
        Admin.get()
                .execute(
                        "UPDATE core.messages SET status = 'superseded', failure = 'newer_words' WHERE company_id = ?"
                                + " AND status = 'planned'",
                        waiting.company());

        assertThat(commit.commit(burst, SILENCE, 0, false)).isFalse();

        assertThat(read().before().unsaid()).containsExactly("Custa 90.");
    }

    @Test
    void a_draft_counts_when_that_has_arrived() {
        delivery.settle("accepted", "77");

        assertThat(commit.commit(burst, SILENCE, 0, false)).isTrue();
    }

    @Test
    void a_draft_counts_when_that_will_be_sent_whatever_the_lead_says() {
        Admin.get()
                .execute(
                        "UPDATE core.messages SET purpose = 'notice' WHERE company_id = ? AND status = 'sending'",
                        waiting.company());
        delivery.settle("later", null);

        assertThat(commit.commit(burst, SILENCE, 0, false)).isTrue();
    }

    @Test
    void what_was_not_sent_after_all_is_known_to_the_turn_whose_words_drop_it() {
        assertThat(commit.commit(burst, SILENCE, 0, false)).isTrue();
        delivery.settle("later", null);
        keepDelivery();
        waiting.scene().writes("telegram", "e agora?");

        assertThat(read().before().unsaid()).containsExactly("Custa 90.");
    }

    // A call that is put off gives the delivery up.
    private void keepDelivery() {
        HeldDelivery.of(waiting, database);
    }

    private Burst read() {
        return ((BurstRepository.Found.Ready) bursts.read(waiting.turn())).burst();
    }
}
