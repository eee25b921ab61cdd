package io.centurions.runtime.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.contracts.id.InstanceId;
import io.vertx.pgclient.PgException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneByOneTest {

    private static final Stored STORED = new Stored("stored");
    private static final Stored UNSTORABLE = new Stored(Stored.UNSTORABLE);

    private final List<Integer> calls = new ArrayList<>();
    private final List<Arrived> three = List.of(arrived("a"), arrived("bad"), arrived("c"));

    @Test
    void what_is_accepted_together_is_one_call() {
        assertThat(OneByOne.ifRefusedTogether(three, this::storeAll)).containsExactly(STORED, STORED, STORED);
        assertThat(calls).containsExactly(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22P02", "22007", "22008", "22003", "22023", "22P05", "22021", "23502", "23514", "54000"})
    void one_bad_thing_takes_no_other_with_it_and_is_not_tried_again(String state) {
        assertThat(OneByOne.ifRefusedTogether(three, batch -> refusing(batch, state, Integer.MAX_VALUE)))
                .containsExactly(STORED, UNSTORABLE, STORED);
        assertThat(calls).containsExactly(3, 1, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "40P01", "P0002"})
    void what_met_another_transaction_is_tried_again(String state) {
        assertThat(OneByOne.ifRefusedTogether(three, batch -> refusing(batch, state, 3)))
                .containsExactly(STORED, STORED, STORED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "P0002"})
    void what_is_overtaken_every_time_is_never_storable(String state) {
        assertThat(OneByOne.ifRefusedTogether(three, batch -> refusing(batch, state, Integer.MAX_VALUE)))
                .containsExactly(STORED, UNSTORABLE, STORED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40P01", "42501", "XX000"})
    void what_the_words_are_not_to_blame_for_has_to_be_sent_again(String state) {
        assertThatThrownBy(() -> OneByOne.ifRefusedTogether(three, batch -> refusing(batch, state, Integer.MAX_VALUE)))
                .isInstanceOf(PgException.class);
    }

    private List<Stored> storeAll(List<Arrived> batch) {
        calls.add(batch.size());
        return batch.stream().map(each -> STORED).toList();
    }

    private int refusals;

    private List<Stored> refusing(List<Arrived> batch, String state, int times) {
        boolean bad = batch.stream()
                .anyMatch(each -> each.incoming().ids().providerId().equals("bad"));
        if (bad && refusals++ < times) {
            calls.add(batch.size());
            throw new PgException("refused", "ERROR", state, null);
        }
        return storeAll(batch);
    }

    private static Arrived arrived(String id) {
        return new Arrived(
                InstanceId.random(),
                new Incoming(
                        Incoming.What.MESSAGE,
                        Incoming.Ids.of("7", id),
                        new Incoming.Sender("Ana", List.of()),
                        Incoming.Content.text("oi"),
                        Instant.EPOCH));
    }
}
