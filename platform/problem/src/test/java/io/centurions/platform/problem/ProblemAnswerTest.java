package io.centurions.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemAnswerTest {

    @ParameterizedTest
    @CsvSource({"PT0.4S, 1", "PT30S, 30", "PT29.9S, 30", "PT0S, 0"})
    void nobody_is_asked_to_come_back_before_the_time(Duration wait, long seconds) {
        var answer = ProblemAnswer.of(Problem.providerUnavailable("limited", wait));

        assertThat(answer.getHeaderString("Retry-After")).isEqualTo(String.valueOf(seconds));
    }
}
