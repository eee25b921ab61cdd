package io.centurions.runtime.closure;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.think.Outcome;
import io.centurions.runtime.think.Thinking;
import io.centurions.runtime.understand.Understand;
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

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class FailingTurnIT {

    @TestHTTPResource
    URI self;

    @Inject
    Secrets secrets;

    @Inject
    BurstRepository bursts;

    @Inject
    Understand understand;

    @Inject
    TurnEnd end;

    @Inject
    CommitTurn commit;

    @Inject
    ClosureConfig config;

    @Inject
    AnswerTurn answer;

    private WaitingBurst waiting;

    @BeforeEach
    void write() {
        waiting = WaitingBurst.of(self.toString().replaceAll("/$", ""), secrets);
    }

    @Test
    void a_turn_that_throws_asks_the_lead_to_wait_once_and_comes_back_by_its_deadline() {
        // Nothing to think with: the turn throws after its burst was read.
        var throwing = new AnswerTurn(bursts, understand, null, end, config);

        throwing.answer(waiting.turn(), () -> {});
        throwing.answer(waiting.turn(), () -> {});

        assertThat(waiting.turns("courtesy", "unexpected")).isEqualTo(1);
        assertThat(waiting.conversation())
                .satisfiesAnyOf(
                        row -> assertThat(row).containsEntry("soon", true),
                        row -> assertThat(row).containsEntry("answered_seq", 1L));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_lead_is_asked_to_wait_once_also_where_a_person_turns_out_to_have_answered_a_part(boolean asked) {
        Admin.get().execute("UPDATE core.companies SET status = 'suspended' WHERE id = ?", waiting.company());
        waiting.scene().writes("telegram", "e o preço?");
        Burst burst = read();
        if (asked) {
            stuck(burst);
        }
        waiting.change("answered_seq = 1");
        stuck(burst);

        Burst rest = read();
        stuck(rest);

        assertThat(waiting.turns("courtesy", "unexpected")).isEqualTo(1);
        assertThat(rest.before().late()).isTrue();
    }

    @Test
    void who_waits_only_for_words_that_came_since_is_asked_by_the_turn_that_has_them() {
        Admin.get().execute("UPDATE core.companies SET status = 'suspended' WHERE id = ?", waiting.company());
        Burst answeredByAPerson = read();
        waiting.scene().writes("telegram", "e o preço?");
        waiting.change("answered_seq = 1");

        stuck(answeredByAPerson);
        assertThat(waiting.turns("courtesy", "unexpected")).isZero();
        stuck(read());

        assertThat(waiting.turns("courtesy", "unexpected")).isEqualTo(1);
    }

    @Test
    void who_has_heard_nothing_since_is_not_asked_again_although_an_answer_was_planned_and_dropped() {
        Admin.get().execute("UPDATE core.companies SET status = 'suspended' WHERE id = ?", waiting.company());
        stuck(read());
        var answer = new Outcome.Reply(List.of("Custa 90."));
        assertThat(commit.commit(
                        read(), new Thinking.Decided(answer, Map.of(), new Thinking.Usage("m", 1, 1)), 0, false))
                .isTrue();
        Admin.get()
                .execute(
                        "UPDATE core.messages SET status = 'superseded', failure = 'newer_words' WHERE company_id = ?"
                                + " AND status = 'planned' AND purpose = 'answer'",
                        waiting.company());
        waiting.scene().writes("telegram", "espera");

        Burst rest = read();
        stuck(rest);

        assertThat(rest.before().late()).isTrue();
        assertThat(waiting.turns("courtesy", "unexpected")).isEqualTo(1);
    }

    private Burst read() {
        return ((BurstRepository.Found.Ready) bursts.read(waiting.turn())).burst();
    }

    private void stuck(Burst burst) {
        end.broken(waiting.turn(), burst, new IllegalStateException("nothing to think with"), List.of());
    }

    @Test
    void a_turn_whose_configuration_cannot_be_read_comes_back_by_its_deadline() {
        Admin.get()
                .execute(
                        "UPDATE core.centurion_configs SET published = jsonb_set(published, '{model,provider}', '\"none\"'),"
                                + " published_version = 2 WHERE company_id = ?",
                        waiting.company());

        answer.answer(waiting.turn(), () -> {});

        assertThat(waiting.turns()).isZero();
        assertThat(waiting.conversation()).containsEntry("soon", true);
    }

    @Test
    void a_burst_whose_messages_were_erased_ends_without_a_word_to_anybody() {
        Admin.get().execute("DELETE FROM core.messages WHERE company_id = ?", waiting.company());

        answer.answer(waiting.turn(), () -> {});

        assertThat(waiting.turns()).isZero();
        assertThat(waiting.planned()).isZero();
        assertThat(waiting.conversation()).containsEntry("answered_seq", 1L).containsEntry("soon", null);
    }

    @Test
    void older_words_are_not_answered_again_when_the_new_ones_were_erased() {
        waiting.scene().writes("telegram", "e o preço?");
        waiting.change("answered_seq = 1");
        Admin.get().execute("DELETE FROM core.messages WHERE company_id = ? AND seq = 2", waiting.company());

        answer.answer(waiting.turn(), () -> {});

        assertThat(waiting.turns()).isZero();
        assertThat(waiting.conversation()).containsEntry("answered_seq", 2L).containsEntry("soon", null);
    }

    @Test
    void a_burst_of_which_only_a_part_was_erased_is_answered() {
        waiting.scene().writes("telegram", "e o preço?");
        Admin.get().execute("DELETE FROM core.messages WHERE company_id = ? AND seq = 1", waiting.company());

        answer.answer(waiting.turn(), () -> {});

        assertThat(waiting.turns()).isEqualTo(1);
        assertThat(waiting.conversation()).containsEntry("answered_seq", 2L);
    }

    @Test
    void a_burst_whose_answer_was_committed_unheard_is_not_opened_again() {
        Burst burst = read();
        var draft = new Thinking.Decided(new Outcome.Reply(List.of("Oi!")), Map.of(), new Thinking.Usage("m", 1, 1));
        commit.commit(burst, draft, 0, false);

        end.broken(waiting.turn(), burst, new IllegalStateException("the answer to the commit was lost"), List.of());

        assertThat(waiting.turns()).isEqualTo(1);
        assertThat(waiting.conversation()).containsEntry("soon", null);
    }
}
