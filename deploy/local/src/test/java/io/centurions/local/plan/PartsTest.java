package io.centurions.local.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.local.place.Trouble;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartsTest {

    @Test
    void a_bare_machine_has_nothing_real_and_nothing_to_say() {
        var parts = Parts.of(Map.of("PATH", "/usr/bin"));

        assertThat(parts.real()).isEmpty();
        assertThat(parts.refusals(false)).isEmpty();
        assertThat(parts.notices()).isEmpty();
    }

    @Test
    void a_blank_variable_counts_as_not_set() {
        assertThat(Parts.of(Map.of("DATABASE_URL", "  ")).real()).isEmpty();
    }

    @Test
    void a_real_channel_with_a_simulated_model_is_refused() {
        var parts = Parts.of(Map.of("TELEGRAM_BOT_TOKEN", "1:a", "OIDC_ISSUER", "https://id.example"));

        assertThat(parts.refusals(false))
                .singleElement()
                .asString()
                .contains("real Telegram with simulated model", "--mix");
    }

    @Test
    void a_real_channel_with_a_simulated_issuer_is_refused() {
        var parts = Parts.of(Map.of("META_ACCESS_TOKEN", "t", "OPENAI_API_KEY", "k"));

        assertThat(parts.refusals(false)).singleElement().asString().contains("simulated sign-in");
    }

    @Test
    void who_means_it_may_mix() {
        assertThat(Parts.of(Map.of("TELEGRAM_BOT_TOKEN", "1:a")).refusals(true)).isEmpty();
    }

    @Test
    void a_real_channel_with_a_real_model_and_issuer_may_start() {
        var parts = Parts.of(
                Map.of("TELEGRAM_BOT_TOKEN", "1:a", "ANTHROPIC_API_KEY", "k", "OIDC_ISSUER", "https://id.example"));

        assertThat(parts.refusals(false)).isEmpty();
        assertThat(parts.modelProvider()).isEqualTo("anthropic");
    }

    @Test
    void a_real_model_alone_needs_no_real_channel() {
        assertThat(Parts.of(Map.of("OLLAMA_BASE_URL", "http://localhost:11434")).refusals(false))
                .isEmpty();
    }

    @Test
    void an_address_without_its_key_is_refused() {
        var parts = Parts.of(Map.of("EVOLUTION_API_URL", "http://evolution:8080"));

        assertThat(parts.refusals(true))
                .containsExactly("EVOLUTION_API_URL is set but EVOLUTION_API_KEY is not: set both or neither");
    }

    @Test
    void a_direct_address_without_a_database_is_refused() {
        assertThat(Parts.of(Map.of("DATABASE_DIRECT_URL", "postgresql://u@h/d")).refusals(false))
                .hasSize(1);
    }

    @Test
    void telegram_alone_is_polled_and_needs_no_public_address() {
        var parts = Parts.of(Map.of("TELEGRAM_BOT_TOKEN", "1:a"));

        assertThat(parts.notices()).singleElement().asString().contains("long polling");
    }

    @Test
    void real_webhooks_without_a_public_address_get_one_line() {
        var parts = Parts.of(Map.of("EVOLUTION_API_URL", "http://e", "EVOLUTION_API_KEY", "k"));

        assertThat(parts.notices()).singleElement().asString().contains("PUBLIC_BASE_URL");
    }

    @Test
    void a_public_address_loses_its_last_slash() {
        assertThat(Parts.of(Map.of("PUBLIC_BASE_URL", "https://x.example/")).publicAddress())
                .contains("https://x.example");
    }

    @Test
    void a_malformed_address_is_refused_by_name_and_not_repeated() {
        var parts = Parts.of(Map.of(
                "REDIS_URL", "localhost:6379", "OIDC_ISSUER", "id example", "PUBLIC_BASE_URL", "ftp://x.example"));

        assertThat(parts.refusals(true))
                .containsExactly(
                        "REDIS_URL must read redis://host:port",
                        "OIDC_ISSUER must read https://host",
                        "PUBLIC_BASE_URL must read https://host");
    }

    @Test
    void the_names_of_what_is_set_are_told_and_never_a_value() {
        assertThat(Parts.of(Map.of("REDIS_URL", "redis://:geheim@h", "PATH", "/bin", "OIDC_ISSUER", " "))
                        .variables())
                .containsExactly("REDIS_URL");
    }

    @Test
    void a_redis_that_nobody_serves_is_named_by_its_variable() {
        assertThatThrownBy(() -> RedisAddress.reach("redis://:geheim@127.0.0.1:1"))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("the Redis of REDIS_URL (127.0.0.1 port 1)")
                .hasMessageNotContaining("geheim");
    }
}
