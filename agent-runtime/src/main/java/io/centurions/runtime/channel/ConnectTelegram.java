package io.centurions.runtime.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.runtime.deliver.AccessTokens;
import io.centurions.runtime.deliver.telegram.Bot;
import io.centurions.runtime.deliver.telegram.TelegramAnswer;
import io.centurions.runtime.deliver.telegram.TelegramClient;
import io.centurions.runtime.deliver.telegram.TelegramConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Asks the bot who it is, then registers its webhook, or removes it where updates are polled. */
@ApplicationScoped
class ConnectTelegram {

    private final AccessTokens tokens;
    private final TelegramClient telegram;
    private final TelegramConfig config;
    private final TelegramWebhook webhook;
    private final ObjectMapper json;

    ConnectTelegram(
            AccessTokens tokens,
            TelegramClient telegram,
            TelegramConfig config,
            TelegramWebhook webhook,
            ObjectMapper json) {
        this.tokens = tokens;
        this.telegram = telegram;
        this.config = config;
        this.webhook = webhook;
        this.json = json;
    }

    ConnectResult connect(CompanyId company, InstanceId instance) {
        Optional<String> token = tokens.accessToken(company, instance);
        if (token.isEmpty()) {
            return new ConnectResult.Refused("no-token");
        }
        var bot = new Bot(company, token.get());
        return switch (telegram.call(bot, "getMe", json.createObjectNode())) {
            case TelegramAnswer.Ok(JsonNode self) when self.hasNonNull("id") -> register(bot, instance, self);
            // Who names no bot is not Telegram.
            case TelegramAnswer.Ok nameless -> new ConnectResult.TryLater();
            case TelegramAnswer.No no ->
                no.refusesToken() ? new ConnectResult.Refused("token-refused") : new ConnectResult.TryLater();
            case TelegramAnswer.Silent silent -> new ConnectResult.TryLater();
        };
    }

    private ConnectResult register(Bot bot, InstanceId instance, JsonNode self) {
        boolean polling = config.mode() == TelegramConfig.Mode.POLLING;
        TelegramAnswer answer;
        if (polling) {
            answer = webhook.remove(bot);
        } else {
            Optional<String> secret = tokens.webhookSecret(bot.company(), instance);
            if (secret.isEmpty()) {
                return new ConnectResult.Refused("no-webhook-secret");
            }
            answer = webhook.register(bot, instance, secret.get());
        }
        return switch (answer) {
            case TelegramAnswer.Ok ok ->
                new ConnectResult.Connected(
                        self.path("id").asText(), self.path("username").asText(), polling ? "polling" : "webhook");
            case TelegramAnswer.No no ->
                no.refusesRequest() ? new ConnectResult.Refused("webhook-refused") : new ConnectResult.TryLater();
            case TelegramAnswer.Silent silent -> new ConnectResult.TryLater();
        };
    }
}
