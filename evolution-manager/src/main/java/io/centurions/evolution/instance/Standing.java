package io.centurions.evolution.instance;

import io.centurions.evolution.evolution.ConnectionReport;
import io.centurions.evolution.evolution.Qr;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an instance stands, and what a report changes about it. Reports come repeated and unordered.
 *
 * <pre>
 * new ──▶ connecting ◀──▶ qr_ready ──▶ connected ──▶ disconnected | error ──▶ connecting …
 *   any of them ──▶ deleted, for good
 * </pre>
 *
 * @param reportedAt the server's clock of the last report taken over, null when it came as an answer
 * @param qr         only with {@link InstanceState#QR_READY}
 * @param shownCode  the text of the newest QR, also after it was scanned or has expired; null before the first
 */
record Standing(InstanceState state, String reason, Instant reportedAt, Qr qr, String shownCode) {

    // Longer than a webhook is repeated for in practice, shorter than the hour that a daylight-saving change turns the
    // server's clock back.
    private static final Duration LATE_AT_MOST = Duration.ofMinutes(30);

    /** The standing after a report, or nothing when it changes nothing. */
    Optional<Standing> after(ConnectionReport report) {
        InstanceState next = InstanceState.of(report.state());
        boolean connectingMeanwhile = next == InstanceState.CONNECTING && state == InstanceState.QR_READY;
        if (state == InstanceState.DELETED || overtaken(report) || connectingMeanwhile || same(next, report.qr())) {
            return Optional.empty();
        }
        Instant said = report.reportedAt() == null ? reportedAt : report.reportedAt();
        String shown = report.qr() == null ? shownCode : report.qr().code();
        return Optional.of(new Standing(next, report.reason(), said, report.qr(), shown));
    }

    private boolean overtaken(ConnectionReport report) {
        if (report.reportedAt() == null
                || reportedAt == null
                || !report.reportedAt().isBefore(reportedAt)) {
            return false;
        }
        return Duration.between(report.reportedAt(), reportedAt).compareTo(LATE_AT_MOST) < 0;
    }

    // A code comes once with the answer and once by webhook, which may be late: the phone may have scanned it
    // meanwhile.
    private boolean same(InstanceState next, Qr newQr) {
        return newQr == null ? next == state : Objects.equals(newQr.code(), shownCode);
    }
}
