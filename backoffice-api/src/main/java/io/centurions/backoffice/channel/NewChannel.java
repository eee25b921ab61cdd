package io.centurions.backoffice.channel;

import io.centurions.platform.problem.Problem;
import io.centurions.platform.problem.Problem.FieldError;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.UUID;

/**
 * An address that somebody wants answered.
 *
 * @param account     Instagram account id, which its token must be of; Telegram bot id (or left out: the digits of the
 *                    token); none for WhatsApp
 * @param accessToken of Instagram or of the Telegram bot; none for WhatsApp
 */
public record NewChannel(
        @NotNull @Pattern(regexp = "whatsapp|instagram|telegram")
        String channel,

        @NotBlank @Size(max = 120) String name,
        @NotNull UUID centurionId,
        @Pattern(regexp = "[0-9]{3,30}") String account,
        @Size(min = 1, max = 2000) String accessToken) {

    /** The address at the provider, by which its webhooks and our calls name it. */
    String externalId(UUID id) {
        return switch (channel) {
            // Ours to choose: unique in the installation and in what Evolution allows.
            case "whatsapp" -> "centurions-" + id;
            case "instagram" -> given(account, "account");
            default -> named(botOf(given(accessToken, "accessToken")));
        };
    }

    void check() {
        if (hasToken()) {
            given(accessToken, "accessToken");
            externalId(null);
            return;
        }
        var typed = new ArrayList<FieldError>();
        if (account != null) {
            typed.add(new FieldError("account", "is none of a WhatsApp channel's"));
        }
        if (accessToken != null) {
            typed.add(new FieldError("accessToken", "is none of a WhatsApp channel's"));
        }
        if (!typed.isEmpty()) {
            throw Problem.invalid(typed);
        }
    }

    boolean hasToken() {
        return !channel.equals("whatsapp");
    }

    /** Without the token: it must not reach a log by way of a message. */
    @Override
    public String toString() {
        return "NewChannel[channel=" + channel + ", account=" + account + "]";
    }

    private String named(String bot) {
        if (account != null && !account.equals(bot)) {
            throw Problem.unprocessable("channel-token-unsuitable", "the token is of another bot than account names");
        }
        return bot;
    }

    private String given(String value, String field) {
        if (value == null) {
            throw Problem.badRequest("channel-incomplete", field + " is needed for " + channel);
        }
        return value;
    }

    static String botOf(String token) {
        int colon = token.indexOf(':');
        if (colon < 1 || !token.substring(0, colon).matches("[0-9]{3,30}")) {
            throw Problem.badRequest("channel-incomplete", "accessToken is no Telegram bot token");
        }
        return token.substring(0, colon);
    }
}
