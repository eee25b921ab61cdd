package io.centurions.backoffice.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.Uuid7;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApiKeyTest {

    @Test
    void a_key_says_which_row_it_is() {
        UUID id = Uuid7.next();

        ApiKey key = ApiKey.of(id);

        assertThat(ApiKey.read(key.text())).contains(key);
        assertThat(key.text()).startsWith(key.prefix());
        assertThat(key.hash()).hasSize(32).isNotEqualTo(ApiKey.of(id).hash());
    }

    @Test
    void keys_made_one_after_the_other_begin_differently() {
        assertThat(ApiKey.of(Uuid7.next()).prefix())
                .isNotEqualTo(ApiKey.of(Uuid7.next()).prefix());
    }

    @Test
    void what_is_no_key_is_told_apart_and_a_key_is_never_shown_by_accident() {
        ApiKey key = ApiKey.of(Uuid7.next());

        assertThat(ApiKey.read("")).isEmpty();
        assertThat(ApiKey.read("Bearer " + key.text())).isEmpty();
        assertThat(ApiKey.read(key.text() + "x")).isEmpty();
        assertThat(key.toString()).doesNotContain(key.text());
    }
}
