package io.centurions.capi.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.capi.ledger.HeldConversion;
import io.centurions.capi.mapping.ActionSource;
import io.centurions.capi.mapping.Conversion;
import io.centurions.capi.mapping.Milestone;
import io.centurions.contracts.id.ConversionId;
import io.centurions.contracts.id.LeadId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FateTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    @Test
    void a_fact_of_seven_days_is_sent_and_a_second_later_it_has_expired() {
        assertThat(Fate.of(held(NOW.minus(Duration.ofDays(7)), null))).isEqualTo(Fate.SEND);
        assertThat(Fate.of(held(NOW.minus(Duration.ofDays(7)).minusSeconds(1), null)))
                .isEqualTo(Fate.EXPIRED);
    }

    @Test
    void a_call_of_unknown_outcome_is_repeated_for_47_hours_only() {
        Instant fact = NOW.minus(Duration.ofDays(3));

        assertThat(Fate.of(held(fact, NOW.minus(Duration.ofHours(47))))).isEqualTo(Fate.SEND);
        assertThat(Fate.of(held(fact, NOW.minus(Duration.ofHours(47)).minusSeconds(1))))
                .isEqualTo(Fate.IN_DOUBT);
    }

    @Test
    void doubt_weighs_more_than_age_because_it_may_have_been_stored() {
        Instant longAgo = NOW.minus(Duration.ofDays(8));

        assertThat(Fate.of(held(longAgo, longAgo))).isEqualTo(Fate.IN_DOUBT);
    }

    private static HeldConversion held(Instant factAt, Instant unknownSince) {
        var conversion = new Conversion(
                ConversionId.random(),
                Milestone.LEAD,
                LeadId.random(),
                null,
                "Lead",
                "d-1",
                UUID.randomUUID(),
                ActionSource.SYSTEM_GENERATED,
                factAt,
                null);
        return new HeldConversion(conversion, 0, unknownSince, NOW);
    }
}
