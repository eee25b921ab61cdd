package io.centurions.autentique.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContractStateTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(60);

    @Test
    void a_contract_is_sent_and_signed() {
        var sent = new ContractState.Draft().send().bound("doc", NOON);

        var signed = sent.on(new Finding.AllSigned(LATER));

        assertThat(signed).isEqualTo(new ContractState.Signed("doc", LATER));
    }

    @Test
    void each_finding_has_its_end() {
        var sent = new ContractState.Sent("doc", NOON);

        assertThat(sent.on(new Finding.SomeoneRefused(LATER))).isEqualTo(new ContractState.Rejected("doc", LATER));
        assertThat(sent.on(new Finding.DeadlinePassed(LATER))).isEqualTo(new ContractState.Expired("doc", LATER));
        assertThat(sent.on(new Finding.Deleted(LATER)))
                .isEqualTo(new ContractState.Canceled("deleted-at-provider", LATER));
        assertThat(sent.on(new Finding.StillOpen())).isEqualTo(sent);
    }

    @ParameterizedTest
    @MethodSource("notSent")
    void a_finding_that_comes_late_or_too_early_changes_nothing(ContractState state) {
        assertThat(state.on(new Finding.AllSigned(LATER))).isEqualTo(state);
        assertThat(state.on(new Finding.SomeoneRefused(LATER))).isEqualTo(state);
        assertThat(state.on(new Finding.DeadlinePassed(LATER))).isEqualTo(state);
        assertThat(state.on(new Finding.Deleted(LATER))).isEqualTo(state);
    }

    static List<ContractState> notSent() {
        return List.of(
                new ContractState.Draft(),
                new ContractState.Sending(),
                new ContractState.Signed("doc", NOON),
                new ContractState.Rejected("doc", NOON),
                new ContractState.Expired("doc", NOON),
                new ContractState.Canceled("requested", NOON),
                new ContractState.Failed("validation", NOON));
    }

    @Test
    void only_what_is_undecided_is_open() {
        assertThat(new ContractState.Sending().open()).isTrue();
        assertThat(new ContractState.Sent("doc", NOON).open()).isTrue();
        assertThat(new ContractState.Signed("doc", NOON).open()).isFalse();
        assertThat(new ContractState.Failed("x", NOON).open()).isFalse();
    }
}
