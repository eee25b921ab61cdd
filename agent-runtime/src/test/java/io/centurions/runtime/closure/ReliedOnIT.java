package io.centurions.runtime.closure;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.think.Outcome;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A turn reads its burst while a call of the answer before is on the wire, and takes that answer for said. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class ReliedOnIT {

    private static final Outcome ANSWER = new Outcome.Reply(List.of("Custa 90."));
    private static final Outcome SILENCE = new Outcome.Silence();

    @TestHTTPResource
    URI self;

    @Inject
    AnsweredBurst.Scenes scenes;

    @Inject
    Database database;

    private AnsweredBurst answered;
    private WaitingBurst waiting;
    private HeldDelivery delivery;
    private Burst burst;

    @BeforeEach
    void readWithACallOnTheWire() {
        answered = scenes.open(self, "Custa 90.");
        waiting = answered.waiting();
        delivery = answered.delivery();
        burst = answered.readWithACallOnTheWire();
        assertThat(burst.before().unsaid()).as("it may have been said").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"later", "refused"})
    void a_draft_is_void_once_that_was_not_sent(String outcome) {
        delivery.settle(outcome, null);

        assertThat(answered.commit(burst, SILENCE)).isFalse();
        assertThat(answered.commit(burst, SILENCE, 3, true)).isFalse();

        assertThat(waiting.turns()).isEqualTo(1);
        assertThat(waiting.conversation()).containsEntry("answered_seq", 1L);
        assertThat(answered.commit(answered.read(), ANSWER, 1, false))
                .as("who knows it")
                .isTrue();
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

        assertThat(answered.commit(burst, SILENCE)).isFalse();

        assertThat(answered.read().before().unsaid()).containsExactly("Custa 90.");
    }

    @Test
    void a_draft_counts_when_that_has_arrived() {
        delivery.settle("accepted", "77");

        assertThat(answered.commit(burst, SILENCE)).isTrue();
    }

    @Test
    void a_draft_counts_when_that_will_be_sent_whatever_the_lead_says() {
        Admin.get()
                .execute(
                        "UPDATE core.messages SET purpose = 'notice' WHERE company_id = ? AND status = 'sending'",
                        waiting.company());
        delivery.settle("later", null);

        assertThat(answered.commit(burst, SILENCE)).isTrue();
    }

    @Test
    void what_was_not_sent_after_all_is_known_to_the_turn_whose_words_drop_it() {
        assertThat(answered.commit(burst, SILENCE)).isTrue();
        delivery.settle("later", null);
        keepDelivery();
        waiting.scene().writes("telegram", "e agora?");

        assertThat(answered.read().before().unsaid()).containsExactly("Custa 90.");
    }

    // A call that is put off gives the delivery up.
    private void keepDelivery() {
        HeldDelivery.of(waiting, database);
    }
}
