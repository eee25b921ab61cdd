package io.centurions.platform.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.contracts.id.CompanyId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreWebhooksTest implements StoreTogether {

    private final List<String> together = Collections.synchronizedList(new ArrayList<>());
    private final List<String> inLine = Collections.synchronizedList(new ArrayList<>());
    private final CompanyId company = CompanyId.random();
    private volatile boolean rowIsHeld = true;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whose_row_was_held_shares_no_statement_and_stands_in_line(boolean folded) {
        StoreWebhooks store = new StoreWebhooks(this, null, new Settings("none", folded), new SimpleMeterRegistry());
        assertThatThrownBy(() -> store(store, company, "a")).isInstanceOf(IllegalStateException.class);
        assertThat(inLine).containsOnly("a");
        inLine.clear();
        rowIsHeld = false;

        store(store, company, "b");
        store(store, CompanyId.random(), "c");

        assertThat(inLine).containsExactly("b");
        assertThat(together).containsExactly("a", "c");
    }

    @Test
    void nobody_else_stands_in_line() {
        StoreWebhooks store = new StoreWebhooks(this, null, new Settings("none", true), new SimpleMeterRegistry());
        rowIsHeld = false;

        store(store, company, "a");
        store(store, null, "b");

        assertThat(together).containsExactly("a", "b");
        assertThat(inLine).isEmpty();
    }

    private static void store(StoreWebhooks store, CompanyId of, String word) {
        Waiting waiting = Given.waitingOf(of, word);
        assertThat(Given.words(store.store(waiting.webhook(), waiting.items()))).containsExactly(word);
    }

    @Override
    public List<Outcome> store(List<Waiting> fold) {
        Given.items(fold).forEach(together::add);
        return answered(fold);
    }

    @Override
    public List<Outcome> storeInLine(Waiting waiting) {
        inLine.addAll(waiting.items());
        return answered(List.of(waiting));
    }

    private List<Outcome> answered(List<Waiting> fold) {
        if (rowIsHeld) {
            throw Given.refusal("55P03");
        }
        return Given.echoes(fold);
    }
}
