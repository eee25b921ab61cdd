package io.centurions.runtime.understand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.centurions.platform.providers.Exchange;
import io.centurions.runtime.think.NotNow;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which end of a download is the end of the file, and when the others are tried again. */
class DownloadTest {

    @Test
    void a_file_is_its_bytes() {
        assertThat(Download.of(answered(200, "audio/ogg", 0))).hasValue(new byte[] {1, 2});
    }

    @Test
    void what_is_gone_for_good_is_not_waited_for() {
        assertThat(Download.of(answered(410, "text/html", 7))).isEmpty();
    }

    @Test
    void what_is_longer_than_wanted_is_told_apart() {
        assertThatThrownBy(() -> Download.of(new Exchange.Lost("answer_too_long")))
                .isInstanceOf(TooLong.class);
    }

    @ParameterizedTest(name = "{0} of {1}, Retry-After {2}: {3} s")
    @CsvSource({
        "429, text/plain, 0, 2",
        "429, text/plain, 7, 7",
        "503, text/plain, 7, 7",
        "500, text/plain, 0, 2",
        "302, text/html, 0, 2",
        "401, text/plain, 0, 2",
        "403, text/plain, 0, 2",
        "404, text/plain, 0, 2",
        "200, text/html, 0, 2",
    })
    void what_may_pass_is_tried_again(int status, String type, int asked, int seconds) {
        assertThat(again(answered(status, type, asked))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout", "connection_lost", "interrupted"})
    void what_broke_off_is_tried_again(String reason) {
        assertThat(again(new Exchange.Lost(reason))).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unreachable", "breaker_open"})
    void what_never_left_is_tried_again_however_long_our_own_breaker_rests(String reason) {
        assertThat(again(new Exchange.NotSent(reason, Duration.ofSeconds(10)))).isEqualTo(Duration.ofSeconds(2));
    }

    private static Duration again(Exchange exchange) {
        return NotNow.askedIn(catchThrowable(() -> Download.of(exchange))).orElseThrow();
    }

    private static Exchange answered(int status, String type, int retryAfter) {
        var headers = HttpHeaders.of(Map.of("Content-Type", List.of(type)), (name, value) -> true);
        return new Exchange.Answered(status, headers, new byte[] {1, 2}, Duration.ofSeconds(retryAfter));
    }
}
