package io.centurions.local.seed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelStepTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void the_first_one_is_made() {
        var step = ChannelStep.decide(List.of(), "telegram", "Telegram", Optional.of("7"));

        assertThat(step).isEqualTo(new ChannelStep(Optional.empty(), Optional.empty(), "demo-channel-telegram"));
    }

    @Test
    void one_of_the_same_account_stays() {
        var there = channel("a", "telegram", "Telegram", "7", "connected");

        var step = ChannelStep.decide(List.of(there), "telegram", "Telegram", Optional.of("7"));

        assertThat(step.keep()).contains(there);
        assertThat(step.remove()).isEmpty();
    }

    @Test
    void ours_of_another_account_makes_room_for_a_new_one_with_a_new_key() {
        var demo = channel("a", "telegram", "Telegram", "700000001", "connected");

        var step = ChannelStep.decide(List.of(demo), "telegram", "Telegram", Optional.of("7"));
        var repeated = ChannelStep.decide(
                List.of(channel("a", "telegram", "Telegram", "700000001", "deleted")),
                "telegram",
                "Telegram",
                Optional.of("7"));

        assertThat(step).isEqualTo(new ChannelStep(Optional.empty(), Optional.of("a"), "demo-channel-telegram-1"));
        assertThat(repeated.key()).isEqualTo(step.key());
        assertThat(repeated.remove()).isEmpty();
    }

    @Test
    void a_channel_with_another_name_is_somebodys_own_and_stays() {
        var own = channel("a", "instagram", "Filial", "5", "connected");

        var step = ChannelStep.decide(List.of(own), "instagram", "Instagram", Optional.of("7"));

        assertThat(step.keep()).isEmpty();
        assertThat(step.remove()).isEmpty();
    }

    @Test
    void where_any_account_will_do_the_living_one_stays() {
        var deleted = channel("a", "whatsapp", "Recepção", "x", "deleted");
        var living = channel("b", "whatsapp", "Recepção", "y", "error");

        assertThat(ChannelStep.decide(List.of(deleted, living), "whatsapp", "Recepção", Optional.empty())
                        .keep())
                .contains(living);
    }

    private static JsonNode channel(String id, String kind, String name, String account, String status) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("channel", kind)
                .put("name", name)
                .put("account", account)
                .put("status", status);
    }
}
