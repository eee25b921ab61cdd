package io.centurions.bench.turns;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** This machine's clock in microseconds since 1970: the one that PostgreSQL reads too. */
public final class Clock {

    private Clock() {}

    public static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
