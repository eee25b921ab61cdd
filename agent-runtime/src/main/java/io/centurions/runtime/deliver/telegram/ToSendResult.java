package io.centurions.runtime.deliver.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.platform.providers.TurnedAway;
import io.centurions.runtime.deliver.SendResult;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What a refusal of the Bot API means for a bubble. A limit, and being turned away at the door, say that it certainly did not leave;
 * the server's own trouble and a gateway's leave that open.
 */
final class ToSendResult {

    /** Of the descriptions that come with 403, those about this chat. */
    private static final Pattern THIS_CHAT = Pattern.compile("blocked|deactivated|kicked|can't|not a member|deleted");

    private ToSendResult() {}

    // Telegram names what it took; a yes that names nothing may be a gateway's own.
    static SendResult of(String chat, JsonNode sent) {
        String id = sent.path("message_id").asText("");
        return id.isBlank() ? new SendResult.Unknown("no_message_id") : new SendResult.Accepted(chat + ":" + id);
    }

    static SendResult of(TelegramAnswer.No no) {
        int code = no.code();
        if (code == 429) {
            return new SendResult.TryLater(
                    no.retryAfter().isZero() ? Duration.ofSeconds(1) : no.retryAfter(), "too_many");
        }
        if (no.refusesToken()) {
            return new SendResult.TryLater(no.retryAfter(), "token", true);
        }
        if (code == 403 && THIS_CHAT.matcher(no.description()).find()) {
            return new SendResult.Refused("blocked");
        }
        boolean wordless = no.description().isEmpty();
        if (TurnedAway.by(code) || wordless && TurnedAway.bySomebodyElse(code, no.retryAfter())) {
            return new SendResult.TryLater(no.retryAfter(), "provider_" + code);
        }
        if (leavesOpen(code)) {
            return new SendResult.Unknown("provider_" + code);
        }
        // Who refuses in Telegram's place has passed nothing on, and it may go through when he is mended.
        return wordless
                ? new SendResult.TryLater(no.retryAfter(), "provider_" + code)
                : new SendResult.Refused("refused_" + code);
    }

    // 408 is a gateway that waited in vain; 2xx, and what is left of 3xx, may be a yes that we cannot read.
    private static boolean leavesOpen(int code) {
        return code >= 500 || code == 408 || code < 400;
    }
}
