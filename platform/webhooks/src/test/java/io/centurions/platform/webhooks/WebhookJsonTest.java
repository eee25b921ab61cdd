package io.centurions.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class JsonBoundsTest {

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void what_is_nearly_all_brackets_cannot_be_read_and_what_is_nearly_all_text_can() throws JsonProcessingException {
        new JsonBounds().customize(json);

        assertThatThrownBy(() -> json.readTree("[" + "{},".repeat(JsonBounds.MOST_TOKENS / 2) + "{}]"))
                .isInstanceOf(JsonProcessingException.class);
        assertThat(json.readTree("[" + "{},".repeat(JsonBounds.MOST_TOKENS / 2 - 2) + "{}]"))
                .hasSize(JsonBounds.MOST_TOKENS / 2 - 1);
        assertThat(json.readTree("[\"" + "a".repeat(2 * JsonBounds.MOST_TOKENS) + "\"]"))
                .hasSize(1);
    }
}
