package io.centurions.backoffice.channel;

import io.centurions.platform.problem.Problem;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/**
 * A channel instance as it is to be from now on; its kind and its account never change.
 *
 * @param centurionId which Centurion answers there, from the next turn on
 * @param accessToken a new one, of Instagram or of the same Telegram bot; left out: the one that it has stays
 */
public record ChannelChange(
        @NotBlank @Size(max = 120) String name,
        @NotNull UUID centurionId,
        @Size(min = 1, max = 2000) String accessToken) {

    boolean hasToken() {
        return accessToken != null;
    }

    /** Refuses a token that cannot be this channel's. Whether an Instagram account takes it, only Meta can tell. */
    void check(ChannelView channel) {
        boolean suits =
                switch (channel.channel()) {
                    case "whatsapp" -> !hasToken();
                    case "telegram" ->
                        !hasToken() || NewChannel.botOf(accessToken).equals(channel.account());
                    default -> true;
                };
        if (!suits) {
            throw Problem.unprocessable(
                    "channel-token-unsuitable",
                    "a WhatsApp channel has no access token, and a Telegram channel keeps its bot");
        }
    }

    /** Without the token: it must not reach a log by way of a message. */
    @Override
    public String toString() {
        return "ChannelChange[centurionId=" + centurionId + "]";
    }
}
