package io.centurions.sandbox.autentique;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as the provider writes them: UTC with six decimals. */
final class Stamp {

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Stamp() {}

    static String now() {
        return MICROS.format(Instant.now());
    }

    /** @throws java.time.DateTimeException when it is no ISO time with an offset */
    static String of(String isoTime) {
        return MICROS.format(OffsetDateTime.parse(isoTime));
    }
}
