package io.centurions.evolution.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.evolution.evolution.ConnectionReport;
import io.centurions.evolution.evolution.ConnectionReport.State;
import io.centurions.evolution.evolution.Qr;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StandingTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void a_qr_makes_it_ready_and_a_scan_connects_it() {
        Standing ready =
                standing(InstanceState.CONNECTING).after(qr("one", NOON)).orElseThrow();
        Standing connected =
                ready.after(report(State.CONNECTED, NOON.plusSeconds(9))).orElseThrow();

        assertThat(ready.state()).isEqualTo(InstanceState.QR_READY);
        assertThat(connected.state()).isEqualTo(InstanceState.CONNECTED);
        assertThat(connected.qr()).isNull();
    }

    @Test
    void the_same_report_again_changes_nothing_but_a_new_qr_does() {
        Standing ready =
                standing(InstanceState.CONNECTING).after(qr("one", NOON)).orElseThrow();

        assertThat(ready.after(qr("one", NOON))).isEmpty();
        assertThat(ready.after(qr("two", NOON.plusSeconds(20)))).isPresent();
    }

    @Test
    void a_qr_on_the_screen_survives_the_servers_attempts_to_connect() {
        Standing ready =
                standing(InstanceState.CONNECTING).after(qr("one", NOON)).orElseThrow();

        assertThat(ready.after(report(State.CONNECTING, NOON.plusSeconds(1)))).isEmpty();
    }

    @Test
    void a_qr_that_was_scanned_does_not_come_back() {
        Standing ready =
                standing(InstanceState.CONNECTING).after(qr("one", null)).orElseThrow();
        Standing connected = ready.after(report(State.CONNECTED, NOON)).orElseThrow();

        assertThat(connected.after(qr("one", NOON.plusSeconds(1)))).isEmpty();
    }

    @Test
    void a_report_that_was_overtaken_changes_nothing() {
        Standing connected = standing(InstanceState.QR_READY)
                .after(report(State.CONNECTED, NOON))
                .orElseThrow();

        assertThat(connected.after(report(State.CONNECTING, NOON.minusSeconds(30))))
                .isEmpty();
    }

    @Test
    void a_server_whose_clock_went_back_is_believed_again() {
        Standing connected = standing(InstanceState.QR_READY)
                .after(report(State.CONNECTED, NOON))
                .orElseThrow();

        assertThat(connected.after(report(State.DISCONNECTED, NOON.minus(Duration.ofMinutes(59)))))
                .isPresent();
    }

    @Test
    void what_is_deleted_stays_deleted() {
        assertThat(standing(InstanceState.DELETED).after(report(State.CONNECTED, NOON)))
                .isEmpty();
    }

    private static Standing standing(InstanceState state) {
        return new Standing(state, null, null, null, null);
    }

    private static ConnectionReport report(State state, Instant at) {
        return new ConnectionReport(state, null, null, at);
    }

    private static ConnectionReport qr(String code, Instant at) {
        return new ConnectionReport(State.QR_READY, null, new Qr(code, null, null), at);
    }
}
