package io.centurions.runtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectInstagramTest {

    private static final Optional<String> NAMED = Optional.of("17840000000000001");

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"message\":\"ok\"}", "{\"user_id\":\"\"}", "{\"user_id\":null}"})
    void an_answer_that_names_no_account_is_not_metas_word_on_a_token(String answer) throws IOException {
        assertThat(of(answer)).isEqualTo(new ConnectResult.TryLater());
    }

    @Test
    void an_account_that_is_named_is_ours_or_another() throws IOException {
        assertThat(of("{\"user_id\":\"17840000000000001\",\"username\":\"acme\"}"))
                .isEqualTo(new ConnectResult.Connected("17840000000000001", "acme", "webhook"));
        assertThat(of("{\"user_id\":\"17840000000000002\"}"))
                .isEqualTo(new ConnectResult.Refused("token-of-another-account"));
    }

    private static ConnectResult of(String answer) throws IOException {
        return ConnectInstagram.of(new ObjectMapper().readTree(answer), NAMED);
    }
}
