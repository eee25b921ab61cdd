package io.centurions.evolution.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WithoutKeyTest {

    @Test
    void the_key_is_blotted_out_wherever_it_stands() {
        assertThat(of("{\"event\":\"x\",\"apikey\":\"B6D7-1\"}")).isEqualTo("{\"event\":\"x\",\"apikey\":\"******\"}");
        assertThat(of("{\"apikey\" : \"a\\\"b\", \"data\": {\"apikey\":\n\"c\"}}"))
                .isEqualTo("{\"apikey\" : \"****\", \"data\": {\"apikey\":\n\"*\"}}");
        assertThat(of("{\"apikey\":\"cut of")).isEqualTo("{\"apikey\":\"******");
    }

    @Test
    void what_a_lead_writes_is_not_touched() {
        String text = "{\"data\":{\"text\":\"{\\\"apikey\\\":\\\"mine\\\"} \u00e7\"}}";

        assertThat(of(text)).isEqualTo(text);
    }

    @Test
    void what_holds_no_key_is_not_copied() {
        for (String body :
                new String[] {"", "{}", "\"apikey\"", "{\"apikey\":null}", "{\"apikey\":12}", "{\"apikey\":"}) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

            assertThat(WithoutKey.of(bytes)).as(body).isSameAs(bytes);
        }
    }

    private static String of(String body) {
        return new String(WithoutKey.of(body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
