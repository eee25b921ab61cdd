package io.centurions.runtime.deliver.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.deliver.SendResult;
import java.time.Duration;
import java.util.Set;

/**
 * What an error of Graph's means for a bubble. Decided on code and subcode first: the HTTP status says little. Only a limit says
 * that the bubble certainly did not leave; Graph's own trouble and a gateway's leave that open.
 */
final class ToSendResult {

    private static final Set<Integer> LIMIT = Set.of(4, 17, 32, 341, 613);
    private static final Set<Integer> TROUBLE = Set.of(1, 2);
    private static final Set<Integer> TOKEN = Set.of(102, 190);
    private static final int OUTSIDE_WINDOW = 2534022;
    private static final Duration UNTIL_ALLOWED = Duration.ofSeconds(30);

    private ToSendResult() {}

    static SendResult of(InstagramClient.Answer.No no) {
        int status = no.status();
        JsonNode error = no.error();
        int code = error.path("code").asInt();
        if (error.path("error_subcode").asInt() == OUTSIDE_WINDOW) {
            return new SendResult.Refused("outside_window", false);
        }
        if (TOKEN.contains(code)) {
            return new SendResult.Refused("token", true);
        }
        if (code == 10 || code >= 200 && code <= 299) {
            return new SendResult.Refused("permission", true);
        }
        if (LIMIT.contains(code) || status == 429) {
            return new SendResult.TryLater(
                    no.retryAfter().isZero() ? UNTIL_ALLOWED : no.retryAfter(),
                    "provider_" + (code == 0 ? status : code));
        }
        if (TROUBLE.contains(code) || error.path("is_transient").asBoolean()) {
            return new SendResult.Unknown("provider_" + code);
        }
        // 408 is a gateway that waited in vain; below 400 it said yes in words that we cannot read.
        if (status >= 500 || status == 408 || status < 400) {
            return new SendResult.Unknown("provider_" + status);
        }
        return new SendResult.Refused(code == 0 ? "refused_" + status : "refused_" + code, false);
    }
}
