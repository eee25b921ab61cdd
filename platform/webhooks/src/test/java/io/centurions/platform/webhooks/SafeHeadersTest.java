package io.centurions.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SafeHeadersTest {

    @Test
    void what_tells_how_and_by_what_a_webhook_was_sent_is_kept_by_its_name_in_lower_case() {
        assertThat(of(Map.of(
                        "Content-Type", "application/json",
                        "User-Agent", "axios/1.21.1",
                        "X-Request-Id", "r-1",
                        "Traceparent", "00-1-2-01",
                        "Facebook-API-Version", "v23.0",
                        "X-Attq-Request-Id", "a-1")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "content-type", "application/json",
                        "user-agent", "axios/1.21.1",
                        "x-request-id", "r-1",
                        "traceparent", "00-1-2-01",
                        "facebook-api-version", "v23.0",
                        "x-attq-request-id", "a-1"));
    }

    @Test
    void a_secret_a_signature_an_address_and_whatever_we_do_not_know_is_not_kept() {
        assertThat(of(Map.of(
                        "Authorization", "Bearer x",
                        "Cookie", "x",
                        "X-Api-Key", "x",
                        "apikey", "x",
                        "X-Hub-Signature-256", "sha256=x",
                        "X-Autentique-Signature", "x",
                        "X-Telegram-Bot-Api-Secret-Token", "x",
                        "X-Centurions-Webhook-Secret", "x",
                        "X-Forwarded-For", "192.0.2.1",
                        "X-Tomorrow", "x")))
                .isEmpty();
    }

    @Test
    void a_value_is_short_and_can_be_stored_whatever_was_sent() {
        Map<String, String> safe = of(Map.of("User-Agent", "a\u0000b\ud800ç" + "x".repeat(10_000)));

        assertThat(safe.get("user-agent")).startsWith("a?b??x").hasSize(200);
    }

    private static Map<String, String> of(Map<String, String> sent) {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(sent);
        return SafeHeaders.of(anyCase::get);
    }
}
