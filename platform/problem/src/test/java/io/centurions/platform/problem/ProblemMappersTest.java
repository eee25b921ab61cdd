package io.centurions.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.tenancy.DatabaseUnavailable;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class ProblemMappersTest {

    @Test
    void a_database_that_is_away_takes_one_line_a_request_with_the_root_of_it_and_no_stack() {
        List<LogRecord> heard = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                heard.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(ProblemMappers.class.getName());
        logger.addHandler(handler);
        try {
            var refused = new ConnectException("Connection refused");
            var answer = new ProblemMappers()
                    .databaseUnavailable(new DatabaseUnavailable(
                            "could not store a webhook", new IllegalStateException("no connection", refused)));

            assertThat(answer.getStatus()).isEqualTo(503);
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(heard).singleElement().satisfies(record -> {
            assertThat(record.getThrown()).isNull();
            assertThat(new PatternFormatter("%s").format(record))
                    .isEqualTo(
                            "answered 503: could not store a webhook: java.net.ConnectException: Connection refused");
        });
    }
}
