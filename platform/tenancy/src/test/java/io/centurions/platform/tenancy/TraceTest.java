package io.centurions.platform.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    private static final String GIVEN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void a_traceparent_is_continued() {
        assertThat(Trace.started(GIVEN).traceparent()).isEqualTo(GIVEN);
        assertThat(new Trace(UUID.randomUUID(), null, GIVEN).traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "00-aa-bb-01", GIVEN + "x"})
    void a_malformed_traceparent_is_none(String malformed) {
        UUID correlation = UUID.randomUUID();

        Trace trace = new Trace(correlation, null, malformed);

        assertThat(trace.traceparent()).isNull();
        assertThat(trace.traceId()).isEqualTo(correlation.toString());
        assertThat(Trace.started(malformed).traceparent()).hasSize(GIVEN.length());
    }
}
