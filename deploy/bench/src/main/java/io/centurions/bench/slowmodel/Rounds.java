package io.centurions.bench.slowmodel;

import io.centurions.bench.Bench;
import io.centurions.bench.provider.Providers;
import io.centurions.bench.stage.Company.Instance;
import io.centurions.bench.stage.Quiet;
import io.centurions.bench.stage.Sql;
import io.centurions.bench.turns.Clock;
import io.centurions.bench.turns.Lateness;
import io.centurions.bench.waiting.OpenBursts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The two kinds of rounds, and what came out. */
final class Rounds {

    private static final Duration LEAD_TIME = Duration.ofSeconds(3);
    private static final Duration UNTIL_ANSWERED = Duration.ofSeconds(60);
    private static final int MARKS_A_ROUND = 100_000;
    private static final int WARM_TURNS = 3000;
    private static final int WARM_PER_SECOND = 100;
    private static final long FIRST_WARM = 10_000_000;
    private static final String ANSWERED =
            "SELECT count(*) FROM core.messages WHERE company_id = ? AND direction = 'out' AND purpose = ?"
                    + " AND created_at > to_timestamp(?::double precision)";

    private final Bench bench;
    private final Sql sql;
    private final Instance slow;
    private final Instance fast;
    private final OpenBursts bursts;
    final Others others = new Others();
    final List<Double> finished = new ArrayList<>();
    final List<Double> allAsked = new ArrayList<>();
    private long unanswered;
    private int round;

    Rounds(Bench bench, Instance slow, Instance fast) {
        this.bench = bench;
        this.sql = bench.stage().sql();
        this.slow = slow;
        this.fast = fast;
        this.bursts = new OpenBursts(sql);
    }

    /** Unmeasured: what is measured should not be the compiler. */
    void warm() {
        int turns = bench.pace().scaled(WARM_TURNS);
        bursts.arrange(fast, FIRST_WARM, turns, Clock.micros() + 1_000_000, 1.0 / WARM_PER_SECOND);
        Quiet.until(UNTIL_ANSWERED, () -> bench.providers().arrivals().count() >= turns);
    }

    void alone() {
        long begin = Clock.micros() + LEAD_TIME.toNanos() / 1000;
        Map<Long, Long> deadlines = steady(begin);
        Quiet.pause(LEAD_TIME.plus(window()).plusSeconds(1).toMillis());
        others.alone(late(deadlines).between(0, Long.MAX_VALUE));
    }

    void together() {
        long begin = Clock.micros() + LEAD_TIME.toNanos() / 1000;
        int turns = bench.pace().scaled(SlowModel.SLOW_TURNS);
        long first = firstMark() + MARKS_A_ROUND / 2;
        bursts.arrange(slow, first, turns, begin, 0);
        Map<Long, Long> deadlines = steady(begin);
        boolean all =
                Quiet.until(UNTIL_ANSWERED, () -> sql.number(ANSWERED, slow.company(), "answer", begin / 1e6) >= turns);
        finished.add(all ? (Clock.micros() - begin) / 1e6 : Double.NaN);
        unanswered += turns - sql.number(ANSWERED, slow.company(), "answer", begin / 1e6);
        long asked = lastAsked(first, turns, begin);
        allAsked.add((asked - begin) / 1e6);
        Quiet.pause(Math.max(0, (begin - Clock.micros()) / 1000 + window().toMillis()) + 1000);
        Lateness late = late(deadlines);
        others.beside(late.between(0, Long.MAX_VALUE), late.between(asked, begin + Providers.SLOW.toNanos() / 1000));
    }

    private long lastAsked(long first, int turns, long otherwise) {
        return bench.providers().arrivals().first().entrySet().stream()
                .filter(entry -> entry.getKey() >= first && entry.getKey() < first + turns)
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(otherwise);
    }

    private Duration window() {
        return bench.pace().window().multipliedBy(2);
    }

    private long firstMark() {
        return (long) round * MARKS_A_ROUND;
    }

    // Its deadlines, by mark, are exactly what was arranged.
    private Map<Long, Long> steady(long begin) {
        int count = (int) (SlowModel.FAST_PER_SECOND * window().toSeconds());
        bursts.arrange(fast, firstMark(), count, begin, 1.0 / SlowModel.FAST_PER_SECOND);
        Map<Long, Long> deadlines = new HashMap<>();
        for (int n = 0; n < count; n++) {
            deadlines.put(firstMark() + n, begin + n * 1_000_000L / SlowModel.FAST_PER_SECOND);
        }
        round++;
        return deadlines;
    }

    private Lateness late(Map<Long, Long> deadlines) {
        return new Lateness(deadlines, bench.providers().arrivals().first());
    }

    /** Slow turns of all rounds that were not answered. */
    long unanswered() {
        return unanswered;
    }
}
