package io.centurions.runtime.deliver.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.platform.providers.TurnedAway;
import io.centurions.runtime.deliver.SendResult;
import java.time.Duration;
import java.util.Set;

/**
 * What an error of Graph's means for a bubble. Decided on code and subcode first: the HTTP status says little. A limit, a
 * token or permission that is wanting, and being turned away at the door say that the bubble certainly did not leave; Graph's own
 * trouble and a gateway's leave that open.
 */
final class ToSendResult {

    /** Of an app, an account, a Page, and of Meta's business use cases; 368 is a block that passes. */
    private static final Set<Integer> LIMIT = Set.of(4, 17, 32, 341, 368, 613, 80001, 80002, 80006);

    private static final Set<Integer> TROUBLE = Set.of(1, 2);
    private static final Set<Integer> OUTSIDE_WINDOW = Set.of(2534022, 2018278, 2018065);
    /** Come with the codes of a missing permission too, and are about this person alone. */
    private static final Set<Integer> PERSON_AWAY = Set.of(2018108, 1545041);

    private static final Duration UNTIL_ALLOWED = Duration.ofSeconds(30);

    private ToSendResult() {}

    // Graph names what it took; a yes that names nothing may be a gateway's own.
    static SendResult of(JsonNode sent) {
        String id = sent.path("message_id").asText("");
        return id.isBlank() ? new SendResult.Unknown("no_message_id") : new SendResult.Accepted(id);
    }

    static SendResult of(InstagramClient.Answer.No no) {
        return no.error().isMissingNode() ? saidBySomebodyElse(no) : saidByGraph(no);
    }

    // Who refuses in Graph's place has passed nothing on, and it may go through when he is mended.
    private static SendResult saidBySomebodyElse(InstagramClient.Answer.No no) {
        int status = no.status();
        if (status == 429) {
            return limited(no, status);
        }
        return leavesOpen(status) && !TurnedAway.bySomebodyElse(status, no.retryAfter())
                ? new SendResult.Unknown("provider_" + status)
                : new SendResult.TryLater(no.retryAfter(), "provider_" + status);
    }

    private static SendResult saidByGraph(InstagramClient.Answer.No no) {
        JsonNode error = no.error();
        int code = no.code();
        int subcode = error.path("error_subcode").asInt();
        if (OUTSIDE_WINDOW.contains(subcode)) {
            return new SendResult.Refused("outside_window");
        }
        if (PERSON_AWAY.contains(subcode)) {
            return new SendResult.Refused("person_unavailable");
        }
        if (no.refusesToken()) {
            return new SendResult.TryLater(no.retryAfter(), "token", true);
        }
        // A subcode that we do not know may be about this person alone.
        if (no.lacksPermission()) {
            return subcode == 0
                    ? new SendResult.TryLater(no.retryAfter(), "permission", true)
                    : new SendResult.TryLater(no.retryAfter(), "permission_" + subcode);
        }
        if (LIMIT.contains(code) || no.status() == 429) {
            return limited(no, code);
        }
        if (TROUBLE.contains(code) || error.path("is_transient").asBoolean()) {
            return new SendResult.Unknown("provider_" + code);
        }
        return leavesOpen(no.status())
                ? new SendResult.Unknown("provider_" + no.status())
                : new SendResult.Refused("refused_" + code);
    }

    private static SendResult limited(InstagramClient.Answer.No no, int code) {
        Duration wait = no.retryAfter().isZero() ? UNTIL_ALLOWED : no.retryAfter();
        return new SendResult.TryLater(wait, "provider_" + code);
    }

    // 408 is a gateway that waited in vain; 2xx, and what is left of 3xx, may be a yes that we cannot read.
    private static boolean leavesOpen(int status) {
        return status >= 500 || status == 408 || status < 400;
    }
}
