package io.centurions.runtime.closure;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.secrets.Secrets;
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

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class CommitTurnIT {

    private static final Thinking.Decided DRAFT =
            new Thinking.Decided(new Outcome.Reply(List.of("Oi!")), Map.of(), new Thinking.Usage("m", 1, 1));

    @TestHTTPResource
    URI self;

    @Inject
    Secrets secrets;

    @Inject
    BurstRepository bursts;

    @Inject
    CommitTurn commit;

    private WaitingBurst waiting;
    private Burst burst;

    @BeforeEach
    void read() {
        waiting = WaitingBurst.of(self.toString().replaceAll("/$", ""), secrets);
        burst = ((BurstRepository.Found.Ready) bursts.read(waiting.turn())).burst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fence = fence + 1", "epoch = epoch + 1", "state = 'human'"})
    void a_draft_made_under_a_stale_fence_or_epoch_is_void(String meanwhile) {
        waiting.change(meanwhile);

        assertThat(commit.commit(burst, DRAFT, 0, false)).isFalse();
        assertThat(commit.commit(burst, DRAFT, 3, true)).isFalse();

        assertThat(waiting.turns()).isZero();
        assertThat(waiting.planned()).isZero();
        assertThat(waiting.conversation()).containsEntry("answered_seq", 0L);
    }

    @Test
    void a_draft_is_void_once_words_before_it_wait_for_an_answer_again() {
        waiting.scene().writes("telegram", "e o preço?");
        waiting.change("answered_seq = 1");
        burst = ((BurstRepository.Found.Ready) bursts.read(waiting.turn())).burst();
        waiting.change("answered_seq = 0");

        assertThat(commit.commit(burst, DRAFT, 0, false)).isFalse();
        assertThat(commit.commit(burst, DRAFT, 3, true)).isFalse();

        assertThat(waiting.conversation()).containsEntry("answered_seq", 0L);
    }

    @Test
    void a_draft_is_committed_once() {
        assertThat(commit.commit(burst, DRAFT, 0, false)).isTrue();
        assertThat(commit.commit(burst, DRAFT, 0, false)).isFalse();

        assertThat(waiting.turns()).isEqualTo(1);
        assertThat(waiting.planned()).isEqualTo(1);
        assertThat(waiting.conversation()).containsEntry("answered_seq", 1L).containsEntry("soon", null);
    }

    @Test
    void a_burst_that_is_closed_without_an_answer_is_due_no_more() {
        bursts.close(waiting.turn(), 1);

        assertThat(waiting.conversation()).containsEntry("answered_seq", 1L).containsEntry("soon", null);
    }

    @Test
    void words_that_come_before_it_is_closed_keep_their_own_deadline() {
        waiting.scene().writes("telegram", "e mais isto");

        bursts.close(waiting.turn(), 1);

        assertThat(waiting.conversation()).containsEntry("answered_seq", 1L).containsEntry("soon", false);
    }

    @Test
    void a_draft_for_words_that_were_overtaken_is_void_until_it_may_be_committed_anyway() {
        waiting.scene().writes("telegram", "e mais isto");

        assertThat(commit.commit(burst, DRAFT, 0, false)).isFalse();
        assertThat(commit.commit(burst, DRAFT, 3, true)).isTrue();

        assertThat(waiting.turns()).isEqualTo(1);
        // What came later is the next burst, with a deadline of its own.
        assertThat(waiting.conversation()).containsEntry("answered_seq", 1L);
        assertThat(waiting.conversation().get("soon")).isNotNull();
    }

    @Test
    void what_newer_words_kept_from_being_said_is_known_to_the_next_turn_only() {
        // Somebody else delivers, or the running loop might have said it before it is superseded.
        waiting.change("delivery_lease_until = clock_timestamp() + interval '10 minutes'");
        commit.commit(burst, DRAFT, 0, false);
        Admin.get()
                .execute(
                        "UPDATE core.messages SET status = 'superseded', failure = 'newer_words' WHERE company_id = ?"
                                + " AND direction = 'out'",
                        waiting.company());
        waiting.scene().writes("telegram", "espera");

        Burst next = read(waiting.turn());

        assertThat(next.before().unsaid()).containsExactly("Oi!");
        assertThat(next.messages()).extracting(Heard::text).containsExactly("oi", "espera");
        commit.commit(next, new Thinking.Decided(new Outcome.Silence(), Map.of(), DRAFT.usage()), 0, false);
        waiting.scene().writes("telegram", "e agora?");
        assertThat(read(waiting.turn()).before().unsaid()).isEmpty();
    }

    private Burst read(DueTurn turn) {
        return ((BurstRepository.Found.Ready) bursts.read(turn)).burst();
    }
}
