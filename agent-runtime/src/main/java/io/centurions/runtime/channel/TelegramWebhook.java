package io.centurions.runtime.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.contracts.id.InstanceId;
import io.centurions.runtime.deliver.telegram.Bot;
import io.centurions.runtime.deliver.telegram.TelegramAnswer;
import io.centurions.runtime.deliver.telegram.TelegramClient;
import jakarta.enterprise.context.ApplicationScoped;

/** A bot's webhook as Telegram keeps it; a bot has one at most. Every call may be repeated. Call it outside any transaction. */
@ApplicationScoped
class TelegramWebhook {

    private static final String[] WANTED = {"message", "edited_message", "callback_query", "my_chat_member"};

    private final TelegramClient telegram;
    private final ChannelConfig channels;
    private final ObjectMapper json;

    TelegramWebhook(TelegramClient telegram, ChannelConfig channels, ObjectMapper json) {
        this.telegram = telegram;
        this.channels = channels;
        this.json = json;
    }

    /** Our present address for this bot's updates. */
    String url(InstanceId instance) {
        return channels.baseUrl().toString().replaceAll("/+$", "") + "/webhooks/telegram/" + instance;
    }

    /** What is registered now; the answer's {@code url} is empty when nothing is. */
    TelegramAnswer registered(Bot bot) {
        return telegram.call(bot, "getWebhookInfo", json.createObjectNode());
    }

    /** Has the bot's updates sent to our present address, with the secret that proves their origin. */
    TelegramAnswer register(Bot bot, InstanceId instance, String secret) {
        ObjectNode webhook = json.createObjectNode().put("url", url(instance)).put("secret_token", secret);
        for (String wanted : WANTED) {
            webhook.withArray("allowed_updates").add(wanted);
        }
        return telegram.call(bot, "setWebhook", webhook);
    }

    /** From here on updates wait to be polled. */
    TelegramAnswer remove(Bot bot) {
        return telegram.call(bot, "deleteWebhook", json.createObjectNode());
    }
}
