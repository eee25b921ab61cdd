package io.centurions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class PlainLinesTest {

    @Test
    void an_event_is_one_line_and_what_was_thrown_follows_it() {
        LogRecord event = new LogRecord(Level.WARNING, "simulated {0} -> {1}");
        event.setLoggerName("sandbox.calls");
        event.setParameters(new Object[] {"telegram", "500"});
        assertThat(new PlainLines().format(event))
                .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARNING sandbox\\.calls simulated telegram -> 500\\R");

        event.setThrown(new IllegalStateException("broken"));

        assertThat(new PlainLines().format(event).lines())
                .hasSizeGreaterThan(2)
                .contains("java.lang.IllegalStateException: broken");
    }
}
