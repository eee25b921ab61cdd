package io.centurions.runtime.deliver.telegram;

import io.centurions.runtime.deliver.SendResult;
import java.time.Duration;

/** What a refusal of the Bot API means for a bubble. */
final class ToSendResult {

    private static final Duration SERVER_TROUBLE = Duration.ofSeconds(3);

    private ToSendResult() {}

    static SendResult of(TelegramAnswer.No no) {
        return switch (no.code()) {
            case 429 ->
                new SendResult.TryLater(no.retryAfter().isZero() ? Duration.ofSeconds(1) : no.retryAfter(), "too_many");
            // A token that is wrong or was revoked; 404 is what a malformed one gets.
            case 401, 404 -> new SendResult.Refused("token", true);
            case 403 -> new SendResult.Refused("blocked", false);
            default ->
                no.code() >= 500
                        ? new SendResult.TryLater(SERVER_TROUBLE, "provider_" + no.code())
                        : new SendResult.Refused("refused_" + no.code(), false);
        };
    }
}
