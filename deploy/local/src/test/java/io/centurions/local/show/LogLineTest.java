package io.centurions.local.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LogLineTest {

    @Test
    void a_json_line_becomes_time_level_message_and_ids() {
        String line = """
                {"timestamp":"2026-11-20T10:15:30.123Z","level":"WARN","loggerName":"io.x","message":"will retry","mdc":{"company_id":"c1","lead_id":"l1"}}""";

        assertThat(LogLine.readable(line, ZoneOffset.UTC))
                .isEqualTo("10:15:30.123 WARN  will retry company_id=c1 lead_id=l1");
    }

    @Test
    void an_exception_shows_its_heart_and_its_cause() {
        String line = """
                {"timestamp":"2026-11-20T10:15:30.123Z","level":"ERROR","message":"no","exception":{"exceptionType":"A","message":"a","frames":[{"class":"io.C","method":"m","line":7}],"causedBy":{"exception":{"exceptionType":"B","message":"b"}}}}""";

        assertThat(LogLine.readable(line, ZoneOffset.UTC))
                .isEqualTo("10:15:30.123 ERROR no\n    A: a\n      at io.C.m:7\n    B: b");
    }

    @Test
    void what_is_not_json_stays_as_it_is() {
        assertThat(LogLine.readable("{half", ZoneOffset.UTC)).isEqualTo("{half");
        assertThat(LogLine.readable("plain", ZoneOffset.UTC)).isEqualTo("plain");
    }
}
