package io.centurions.local.seed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DemoCenturionTest {

    @Test
    void a_model_that_became_real_later_is_published_and_the_rest_of_the_draft_stays() throws IOException {
        JsonNode found = new ObjectMapper().readTree("""
                        {"draft": {"prompt": "changed", "model": {"provider": "openai", "name": "gpt", "temperature": 0.2}},
                         "published": {"prompt": "old", "model": {"provider": "openai"}}}""");

        JsonNode draft = new DemoCenturion("ollama", true).inStep(found).orElseThrow();

        assertThat(draft.path("prompt").asText()).isEqualTo("changed");
        assertThat(draft.path("model").toString()).isEqualTo("{\"provider\":\"ollama\",\"temperature\":0.2}");
        assertThat(new DemoCenturion("openai", true).inStep(found)).isEmpty();
    }
}
