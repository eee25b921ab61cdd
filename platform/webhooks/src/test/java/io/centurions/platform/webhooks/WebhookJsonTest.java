package io.centurions.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WebhookJsonTest {

    @Test
    void what_is_nearly_all_brackets_cannot_be_read_and_what_is_nearly_all_text_can() throws IOException {
        int most = WebhookJson.MOST_TOKENS / 2 - 2;

        assertThat(read("[" + "{},".repeat(most) + "{}]")).hasSize(most + 1);
        assertThatThrownBy(() -> read("[" + "{},".repeat(most + 2) + "{}]"))
                .isInstanceOf(JsonProcessingException.class);
        assertThat(read("[\"" + "a".repeat(2 * WebhookJson.MOST_TOKENS) + "\"]"))
                .hasSize(1);
    }

    @Test
    void nothing_is_a_missing_node_as_ever() throws IOException {
        assertThat(read("").isMissingNode()).isTrue();
    }

    private static JsonNode read(String text) throws IOException {
        return WebhookJson.read(new ObjectMapper(), text.getBytes(StandardCharsets.UTF_8));
    }
}
