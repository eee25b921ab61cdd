package io.centurions.runtime.intake.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.tenancy.Trace;
import io.centurions.runtime.deliver.AccessTokens;
import io.centurions.runtime.deliver.telegram.Bot;
import io.centurions.runtime.deliver.telegram.TelegramAnswer;
import io.centurions.runtime.deliver.telegram.TelegramClient;
import io.centurions.runtime.deliver.telegram.TelegramConfig;
import io.centurions.runtime.intake.InstanceAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Fetches a bot's updates once, holding the call open until there are some. The next offset tells Telegram what to forget, so it
 * moves only behind what is stored; what is fetched twice is recognised by intake.
 */
@ApplicationScoped
class PollBot {

    private static final Logger LOG = Logger.getLogger(PollBot.class);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration MUCH_LATER = Duration.ofMinutes(1);
    private static final String[] WANTED = {"message", "edited_message", "callback_query", "my_chat_member"};

    private final AccessTokens tokens;
    private final TelegramClient telegram;
    private final TelegramConfig config;
    private final ReceiveTelegram receive;
    private final ObjectMapper json;

    PollBot(
            AccessTokens tokens,
            TelegramClient telegram,
            TelegramConfig config,
            ReceiveTelegram receive,
            ObjectMapper json) {
        this.tokens = tokens;
        this.telegram = telegram;
        this.config = config;
        this.receive = receive;
        this.json = json;
    }

    /**
     * Where polling goes on.
     *
     * @param offset the first update not stored yet; 0 for whatever Telegram still holds
     * @param pause  before the next poll
     */
    record Next(long offset, Duration pause) {}

    /** @param lease under which this replica polls; what comes is stored even when it was lost meanwhile */
    Next poll(InstanceAddress bot, long offset, Lease lease) {
        Optional<String> token = tokens.accessToken(bot.company(), bot.id());
        if (token.isEmpty()) {
            return new Next(offset, MUCH_LATER);
        }
        ObjectNode wanted = json.createObjectNode()
                .put("offset", offset)
                .put("timeout", config.pollHold().toSeconds());
        for (String update : WANTED) {
            wanted.withArray("allowed_updates").add(update);
        }
        var opened = new Bot(bot.company(), token.get());
        Duration limit = config.pollHold().plus(config.callTimeout());
        return switch (telegram.call(opened, "getUpdates", wanted, limit)) {
            case TelegramAnswer.Ok(JsonNode updates) -> new Next(storeAll(bot, opened, updates, offset), Duration.ZERO);
            case TelegramAnswer.No no -> new Next(offset, refused(bot, opened, no, lease));
            case TelegramAnswer.Silent silent -> new Next(offset, SOON);
        };
    }

    // An exception leaves the offset where it is: Telegram gives the update again.
    private long storeAll(InstanceAddress bot, Bot opened, JsonNode updates, long offset) {
        long next = offset;
        for (JsonNode update : updates) {
            Trace.call(Trace.started(null), () -> receive.receive(bot, update))
                    .ifPresent(pressed -> answer(opened, pressed));
            next = Math.max(next, update.path("update_id").asLong() + 1);
        }
        return next;
    }

    // Until it is answered, the lead sees the button spinning; nothing else depends on it.
    private void answer(Bot opened, String pressed) {
        telegram.call(opened, "answerCallbackQuery", json.createObjectNode().put("callback_query_id", pressed));
    }

    private Duration refused(InstanceAddress bot, Bot opened, TelegramAnswer.No no, Lease lease) {
        if (no.code() == 409) {
            // A webhook from before is in the way. Or the next owner polls: then the bot is no longer ours to change.
            if (lease.stillMine()) {
                telegram.call(opened, "deleteWebhook", json.createObjectNode());
            }
            return SOON;
        }
        LOG.warnf("telegram refuses to give updates (%d) instance_id=%s", no.code(), bot.id());
        return no.code() == 429 || no.code() >= 500 ? no.retryAfter().plus(SOON) : MUCH_LATER;
    }
}
