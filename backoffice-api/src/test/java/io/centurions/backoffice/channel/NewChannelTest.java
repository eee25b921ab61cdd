package io.centurions.backoffice.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.platform.problem.Problem;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NewChannelTest {

    private static final UUID ID = UUID.randomUUID();

    @Test
    void a_telegram_bot_is_named_by_the_digits_of_its_token() {
        assertThat(channel("telegram", null, "123456:abc").externalId(ID)).isEqualTo("123456");
    }

    @Test
    void a_telegram_bot_is_nobody_elses() {
        assertThat(channel("telegram", "123456", "123456:abc").externalId(ID)).isEqualTo("123456");
        assertThatThrownBy(() -> channel("telegram", "999888777", "123456:abc").check())
                .isInstanceOf(Problem.class)
                .hasMessageContaining("another bot");
    }

    @Test
    void an_evolution_instance_is_named_by_us() {
        assertThat(channel("whatsapp", null, null).externalId(ID)).isEqualTo("centurions-" + ID);
    }

    @Test
    void what_a_provider_needs_is_asked_for() {
        assertThatThrownBy(() -> channel("telegram", null, null).check()).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> channel("telegram", null, "no-token").check()).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> channel("instagram", null, "IGAA").check()).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> channel("instagram", "1784", null).check()).isInstanceOf(Problem.class);
    }

    @Test
    void what_whatsapp_has_no_use_for_is_refused_and_not_dropped() {
        channel("whatsapp", null, null).check();
        for (NewChannel typed : List.of(
                channel("whatsapp", "123456", null),
                channel("whatsapp", null, "EAAB"),
                channel("whatsapp", "123456", "EAAB"))) {
            assertThatThrownBy(typed::check)
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.status()).isEqualTo(400));
        }
    }

    private static NewChannel channel(String channel, String account, String token) {
        return new NewChannel(channel, "nome", UUID.randomUUID(), account, token);
    }
}
