package io.centurions.platform.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreFoldTest {

    private final List<List<String>> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<String> kept = Collections.synchronizedList(new ArrayList<>());
    private final List<Webhook> parked = new ArrayList<>();
    private final HeldUp heldUp = new HeldUp(() -> 0);
    private final List<Waiting> five = List.of(
            Given.waiting("a1", "a2"),
            Given.waiting("b"),
            Given.waiting("bad", "c"),
            Given.waiting("d"),
            Given.waiting());

    @Test
    void what_is_accepted_together_is_one_statement_and_nobody_gets_anothers_answer() {
        storing(this::storeAll).store(five);

        assertThat(calls).containsExactly(List.of("a1", "a2", "b", "bad", "c", "d"));
        assertThat(five)
                .allSatisfy(waiting -> assertThat(Given.words(waiting.await())).isEqualTo(waiting.items()));
        assertThat(parked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22P02", "22007", "22008", "22003", "22023", "22P05", "22021", "23502", "23514", "54000"})
    void one_bad_item_takes_no_other_with_it_and_is_parked_alone(String state) {
        storing(fold -> refusing(fold, state, Integer.MAX_VALUE)).store(five);

        assertThat(Given.words(five.get(2).await())).containsExactly(Outcome.UNSTORABLE, "c");
        assertThat(Given.words(five.get(0).await())).containsExactly("a1", "a2");
        assertThat(Given.words(five.get(3).await())).containsExactly("d");
        assertThat(parkedBodies()).containsExactly("bad");
        assertThat(kept).as("what had its effect").containsExactlyInAnyOrder("a1 a2", "b", "c", "d", "");
        assertThat(calls.stream().filter(List.of("bad")::equals))
                .as("not tried again")
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "40P01", "40001", "P0002"})
    void what_met_another_transaction_is_tried_again(String state) {
        storing(fold -> refusing(fold, state, 5)).store(five);

        assertThat(five)
                .allSatisfy(waiting -> assertThat(Given.words(waiting.await())).isEqualTo(waiting.items()));
        assertThat(parked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "P0002"})
    void what_is_overtaken_every_time_is_never_storable(String state) {
        storing(fold -> refusing(fold, state, Integer.MAX_VALUE)).store(five);

        assertThat(Given.words(five.get(2).await())).containsExactly(Outcome.UNSTORABLE, "c");
        assertThat(parked).hasSize(1);
    }

    @Test
    void each_bad_item_waits_for_a_person_by_itself_and_what_is_all_bad_leaves_nothing_applied() {
        List<Waiting> all = List.of(Given.waiting("bad", "a", "bad"), Given.waiting("bad", "bad"));

        storing(fold -> refusing(fold, "22P02", Integer.MAX_VALUE)).store(all);

        assertThat(parkedBodies()).containsExactly("bad", "bad", "bad", "bad");
        assertThat(kept).containsExactly("a");
    }

    @Test
    void a_single_bad_thing_is_parked_as_it_came() {
        Waiting bad = Given.waiting("bad");

        storing(fold -> refusing(fold, "22P02", Integer.MAX_VALUE)).store(List.of(bad));

        assertThat(parked).containsExactly(bad.webhook());
    }

    @Test
    void who_loses_every_race_has_to_be_told_again_and_is_not_parked() {
        storing(fold -> refusing(fold, "40P01", Integer.MAX_VALUE)).store(five);

        assertThatThrownBy(() -> five.get(2).await()).isInstanceOf(DatabaseUnavailable.class);
        assertThat(Given.words(five.get(1).await())).containsExactly("b");
        assertThat(parked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"42501", "XX000"})
    void what_no_item_is_to_blame_for_is_a_failure_of_its_webhook_alone(String state) {
        storing(fold -> refusing(fold, state, Integer.MAX_VALUE)).store(five);

        assertThatThrownBy(() -> five.get(2).await()).isInstanceOf(IllegalStateException.class);
        assertThat(Given.words(five.get(1).await())).containsExactly("b");
        assertThat(parked).isEmpty();
    }

    @Test
    void without_a_database_everybody_hears_so_and_the_statement_is_not_split() {
        storing(fold -> {
                    calls.add(Given.items(fold).toList());
                    throw new DatabaseUnavailable("away", null);
                })
                .store(five);

        assertThat(five)
                .allSatisfy(waiting -> assertThatThrownBy(waiting::await).isInstanceOf(DatabaseUnavailable.class));
        assertThat(calls).hasSize(1);
    }

    @Test
    void only_who_needs_a_row_that_is_held_waits_for_it() throws InterruptedException {
        var released = new CountDownLatch(1);
        StoreFold store = storing(fold -> {
            if (Given.items(fold).anyMatch("bad"::equals)) {
                if (fold.size() == 1) {
                    await(released);
                }
                throw held();
            }
            return storeAll(fold);
        });

        store.store(five);

        assertThat(Given.words(five.get(1).await())).containsExactly("b");
        assertThat(Given.words(five.get(3).await())).containsExactly("d");
        released.countDown();
        assertThatThrownBy(() -> five.get(2).await()).isInstanceOf(DatabaseUnavailable.class);
    }

    @Test
    void a_row_that_is_let_go_is_waited_for() {
        storing(fold -> refusing(fold, "55P03", 3)).store(five);

        assertThat(five)
                .allSatisfy(waiting -> assertThat(Given.words(waiting.await())).isEqualTo(waiting.items()));
    }

    @Test
    void only_whose_row_is_held_is_kept_apart_from_others() {
        CompanyId held = CompanyId.random();
        CompanyId beside = CompanyId.random();
        List<Waiting> two = List.of(Given.waitingOf(held, "bad"), Given.waitingOf(beside, "a"));

        storing(fold -> refusing(fold, "55P03", Integer.MAX_VALUE)).store(two);

        assertThat(Given.words(two.get(1).await())).containsExactly("a");
        assertThatThrownBy(() -> two.get(0).await()).isInstanceOf(IllegalStateException.class);
        assertThat(heldUp.contains(held)).isTrue();
        assertThat(heldUp.contains(beside)).isFalse();
    }

    @Test
    void whose_row_is_known_to_be_held_is_left_out_of_a_statement() {
        CompanyId held = CompanyId.random();
        heldUp.add(held);
        List<Waiting> three = List.of(Given.waiting("a"), Given.waitingOf(held, "b"), Given.waiting("c"));

        storing(this::storeAll).store(three);

        assertThat(three)
                .allSatisfy(waiting -> assertThat(Given.words(waiting.await())).isEqualTo(waiting.items()));
        assertThat(calls).containsExactlyInAnyOrder(List.of("a", "c"), List.of("b"));
    }

    @Test
    void two_of_a_company_look_at_once_and_a_third_after_them() throws InterruptedException {
        CompanyId held = CompanyId.random();
        heldUp.add(held);
        var looking = new Semaphore(0);
        var released = new CountDownLatch(1);
        List<Waiting> three =
                List.of(Given.waitingOf(held, "a"), Given.waitingOf(held, "b"), Given.waitingOf(held, "c"));

        storing(fold -> {
                    looking.release();
                    await(released);
                    return storeAll(fold);
                })
                .store(three);

        try {
            assertThat(looking.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
            assertThat(looking.tryAcquire(200, TimeUnit.MILLISECONDS)).isFalse();
        } finally {
            released.countDown();
        }
        assertThat(three)
                .allSatisfy(waiting -> assertThat(Given.words(waiting.await())).isEqualTo(waiting.items()));
    }

    @Test
    void nobody_waits_for_ever_when_memory_ends() {
        Waiting waiting = Given.waitingOf(CompanyId.random(), "a");

        storing(fold -> {
                    throw new OutOfMemoryError("no room for its text");
                })
                .storeApart(waiting);

        assertThatThrownBy(waiting::await).hasRootCauseInstanceOf(OutOfMemoryError.class);
    }

    private StoreFold storing(Function<List<Waiting>, List<Outcome>> store) {
        return new StoreFold(Given.storing(store), parked::add, heldUp);
    }

    private static RuntimeException held() {
        return new DatabaseUnavailable("lock", Given.refusal("55P03"));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> parkedBodies() {
        return Given.kept(parked.stream()
                        .map(webhook -> new Waiting(webhook, List.of()))
                        .toList())
                .toList();
    }

    private List<Outcome> storeAll(List<Waiting> fold) {
        calls.add(Given.items(fold).toList());
        kept.addAll(Given.kept(fold).toList());
        return Given.echoes(fold);
    }

    private int refusals;

    private List<Outcome> refusing(List<Waiting> fold, String state, int times) {
        if (Given.items(fold).anyMatch("bad"::equals) && refusals++ < times) {
            calls.add(Given.items(fold).toList());
            throw Given.refusal(state);
        }
        return storeAll(fold);
    }
}
