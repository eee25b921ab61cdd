package io.centurions.runtime.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.deliver.AccessTokens;
import io.centurions.runtime.deliver.telegram.Bot;
import io.centurions.runtime.deliver.telegram.TelegramAnswer;
import io.centurions.runtime.intake.InstanceAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Registers a bot's webhook again when Telegram still has another address of us than the present one; changes nothing otherwise.
 * A bot whose secrets are missing or refused is left: connecting it says what is wrong.
 */
@ApplicationScoped
class AlignWebhook {

    private static final Logger LOG = Logger.getLogger(AlignWebhook.class);

    private final AccessTokens tokens;
    private final TelegramWebhook webhook;

    AlignWebhook(AccessTokens tokens, TelegramWebhook webhook) {
        this.tokens = tokens;
        this.webhook = webhook;
    }

    /** False when Telegram cannot now, and it has to be done again. */
    boolean align(InstanceAddress bot) {
        Optional<String> token = tokens.accessToken(bot.company(), bot.id());
        Optional<String> secret = tokens.webhookSecret(bot.company(), bot.id());
        if (token.isEmpty() || secret.isEmpty()) {
            LOG.warnf("no webhook: the bot has no token or no secret instance_id=%s", bot.id());
            return true;
        }
        var opened = new Bot(bot.company(), token.get());
        String ours = webhook.url(bot.id());
        return switch (webhook.registered(opened)) {
            case TelegramAnswer.Ok(JsonNode now) when now.path("url").asText().equals(ours) -> true;
            case TelegramAnswer.Ok former -> settled(bot, webhook.register(opened, bot.id(), secret.get()));
            case TelegramAnswer unknown -> settled(bot, unknown);
        };
    }

    private static boolean settled(InstanceAddress bot, TelegramAnswer answer) {
        return switch (answer) {
            case TelegramAnswer.Ok ok -> {
                LOG.infof("the webhook follows our new address instance_id=%s", bot.id());
                yield true;
            }
            case TelegramAnswer.No no
            when !no.refusesRequest() -> {
                LOG.debugf("the webhook cannot be aligned now (%d) instance_id=%s", no.code(), bot.id());
                yield false;
            }
            case TelegramAnswer.No no -> {
                LOG.warnf(
                        "no webhook: telegram refuses the bot or our address (%d) instance_id=%s", no.code(), bot.id());
                yield true;
            }
            case TelegramAnswer.Silent silent -> {
                LOG.debugf("the webhook cannot be aligned now (%s) instance_id=%s", silent.why(), bot.id());
                yield false;
            }
        };
    }
}
