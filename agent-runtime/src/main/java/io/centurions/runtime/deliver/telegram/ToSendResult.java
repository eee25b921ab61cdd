package io.centurions.runtime.deliver.telegram;

import io.centurions.runtime.deliver.SendResult;
import java.time.Duration;

/**
 * What a refusal of the Bot API means for a bubble. Only a limit says that it certainly did not leave; the server's own trouble
 * and a gateway's leave that open.
 */
final class ToSendResult {

    private ToSendResult() {}

    static SendResult of(TelegramAnswer.No no) {
        return switch (no.code()) {
            case 429 ->
                new SendResult.TryLater(no.retryAfter().isZero() ? Duration.ofSeconds(1) : no.retryAfter(), "too_many");
            // A token that is wrong or was revoked; 404 is what a malformed one gets.
            case 401, 404 -> new SendResult.Refused("token", true);
            case 403 -> new SendResult.Refused("blocked", false);
            default ->
                leavesOpen(no.code())
                        ? new SendResult.Unknown("provider_" + no.code())
                        : new SendResult.Refused("refused_" + no.code(), false);
        };
    }

    // 408 is a gateway that waited in vain; below 400 it said yes in words that we cannot read.
    private static boolean leavesOpen(int code) {
        return code >= 500 || code == 408 || code < 400;
    }
}
