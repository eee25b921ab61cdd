package io.centurions.runtime.deliver.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.deliver.SendResult;
import java.time.Duration;
import java.util.Set;

/** What an error of Graph's means for a bubble. Decided on code and subcode: the HTTP status says little. */
final class ToSendResult {

    private static final Set<Integer> TEMPORARY = Set.of(1, 2, 4, 17, 32, 341, 613);
    private static final Set<Integer> TOKEN = Set.of(102, 190);
    private static final int OUTSIDE_WINDOW = 2534022;
    private static final Duration LIMITS = Duration.ofSeconds(30);
    private static final Duration TROUBLE = Duration.ofSeconds(3);

    private ToSendResult() {}

    static SendResult of(int status, JsonNode error) {
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
        if (TEMPORARY.contains(code) || error.path("is_transient").asBoolean()) {
            return new SendResult.TryLater(code == 1 || code == 2 ? TROUBLE : LIMITS, "provider_" + code);
        }
        if (status >= 500 || status == 429) {
            return new SendResult.TryLater(TROUBLE, "provider_" + status);
        }
        return new SendResult.Refused(code == 0 ? "refused_" + status : "refused_" + code, false);
    }
}
