package io.centurions.capi.meta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.centurions.capi.meta.MetaAnswer.Accepted;
import io.centurions.capi.meta.MetaAnswer.BadEvent;
import io.centurions.capi.meta.MetaAnswer.Refused;
import io.centurions.capi.meta.MetaAnswer.TryLater;
import java.time.Duration;

/**
 * Reads an answer of the Graph API. The code inside the body decides, not the HTTP status: a bad token comes with 400
 * or 401. Without one, 429 alone says something. Sources: the Graph API's page on error handling and the Conversions API's on its parameters.
 */
final class ReadMetaAnswer {

    /** How long a dataset rests that Meta has blocked for a while. */
    static final Duration BLOCKED = Duration.ofHours(1);

    private static final int NO_SUCH_OBJECT = 33;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReadMetaAnswer() {}

    static MetaAnswer of(int status, String body, Duration retryAfter, int eventsSent) {
        JsonNode json = parse(body);
        JsonNode error = json == null ? MissingNode.getInstance() : json.path("error");
        // API gateways write an error with a code, too; Meta's trace is in each of Graph's and in nobody else's.
        if (error.path("code").isIntegralNumber() && error.path("fbtrace_id").isTextual()) {
            return failure(error, status, retryAfter);
        }
        if (status == TOO_MANY_REQUESTS) {
            // A gateway's before Graph: it has let nothing through.
            return new TryLater("rate_limited", false, retryAfter, null);
        }
        if (json == null) {
            // A proxy's page, or half an answer: nothing says whether the events were stored.
            return new TryLater("unreadable_answer", true, retryAfter, null);
        }
        String trace = text(json.path("fbtrace_id"));
        if (status / 100 == 2 && json.path("events_received").asInt(-1) == eventsSent) {
            return new Accepted(trace);
        }
        return new TryLater("unexpected_answer", true, retryAfter, trace);
    }

    private static MetaAnswer failure(JsonNode error, int status, Duration retryAfter) {
        int code = error.path("code").asInt(-1);
        int subcode = error.path("error_subcode").asInt(0);
        String trace = text(error.path("fbtrace_id"));
        return switch (code) {
            case 4, 17, 32, 341, 613, 80004 -> new TryLater("rate_limited", false, retryAfter, trace);
            case 368 -> new TryLater("blocked_for_a_while", false, longer(retryAfter, BLOCKED), trace);
            case 1, 2 -> new TryLater("temporary_failure", true, retryAfter, trace);
            case 102, 190 -> new Refused("token_invalid", trace);
            case 803 -> new Refused("dataset_missing", trace);
            case 506 -> new BadEvent("duplicate", trace);
            case 100 -> hundred(error, subcode, trace);
            default -> other(code, error.path("is_transient").asBoolean(), status, retryAfter, trace);
        };
    }

    // The code that Meta gives for nearly everything that is wrong with a request, the sender's rights included.
    private static MetaAnswer hundred(JsonNode error, int subcode, String trace) {
        if (subcode == NO_SUCH_OBJECT) {
            return new Refused("dataset_missing", trace);
        }
        return error.path("message").asText().contains("appsecret_proof")
                ? new Refused("proof_invalid", trace)
                : new BadEvent(badEvent(subcode), trace);
    }

    private static MetaAnswer other(int code, boolean isTransient, int status, Duration retryAfter, String trace) {
        if (code == 10 || code >= 200 && code <= 299) {
            return new Refused("no_permission", trace);
        }
        if (isTransient || status >= 500 || status == TOO_MANY_REQUESTS) {
            return new TryLater("temporary_failure", true, retryAfter, trace);
        }
        return new Refused("meta_" + code, trace);
    }

    private static String badEvent(int subcode) {
        return switch (subcode) {
            case 2804003 -> "event_too_old";
            case 2804050 -> "no_customer_data";
            case 2804066 -> "bad_event_name";
            case 0 -> "meta_100";
            default -> "meta_100_" + subcode;
        };
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }

    private static JsonNode parse(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json != null && json.isObject() ? json : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
