package io.centurions.platform.providers;

import io.centurions.contracts.id.CompanyId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The figures of one provider: calls by outcome, how long they took, accounts it has limited, the worst of its breakers, and those
 * that ever opened. A company without trouble has no series of its own.
 */
final class Calls {

    private static final String BREAKER = "provider_breaker_state";
    private static final String WORST = "provider_breaker_worst";
    private static final String LIMITED = "provider_accounts_limited";

    private final MeterRegistry meters;
    private final String provider;
    private final Timer took;
    private final Map<CompanyId, Meter> breakers = new ConcurrentHashMap<>();

    Calls(MeterRegistry meters, String provider) {
        this.meters = meters;
        this.provider = provider;
        this.took = meters.timer("provider_call_seconds", "provider", provider);
    }

    <T> T timed(Supplier<T> call) {
        return took.record(call);
    }

    void ended(Exchange end) {
        ended(
                switch (end) {
                    case Exchange.Answered answered -> outcome(answered.status());
                    case Exchange.NotSent notSent -> notSent.reason();
                    case Exchange.Lost lost -> lost.reason();
                });
    }

    void ended(String outcome) {
        meters.counter("provider_calls_total", "provider", provider, "outcome", outcome)
                .increment();
    }

    /** Shows the worst of all companies' breakers and the accounts that rest, from the start: what has no series yet raises no alarm. */
    void show(Map<CompanyId, Line> lines, Rests rests) {
        Gauge.builder(LIMITED, rests, all -> all.count(System.nanoTime()))
                .tag("provider", provider)
                .register(meters);
        Gauge.builder(
                        WORST,
                        lines,
                        all -> all.values().stream()
                                .mapToInt(Calls::state)
                                .max()
                                .orElse(0))
                .tag("provider", provider)
                .register(meters);
    }

    /** Shows a company's breaker from now on: 0 closed, 1 trying, 2 open. */
    void show(CompanyId company, Line line) {
        breakers.computeIfAbsent(
                company,
                id -> Gauge.builder(BREAKER, line, Calls::state)
                        .tag("provider", provider)
                        .tag("company", id.toString())
                        .register(meters));
    }

    void forget(CompanyId company) {
        Meter shown = breakers.remove(company);
        if (shown != null) {
            meters.remove(shown);
        }
    }

    private static int state(Line line) {
        return switch (line.state()) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }

    private static String outcome(int status) {
        if (status == 429) {
            return "throttled";
        }
        if (status >= 500) {
            return "failed";
        }
        return status >= 400 ? "refused" : "answered";
    }
}
