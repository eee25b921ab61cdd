package io.centurions.autentique.autentique;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.centurions.autentique.signing.ProviderResult;
import io.centurions.autentique.signing.ProviderResult.Accepted;
import io.centurions.autentique.signing.ProviderResult.Refused;
import io.centurions.autentique.signing.ProviderResult.TryLater;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What an answer of Autentique means. Its errors are HTTP 200 with {@code errors[]}: validation in
 * {@code extensions.validation} (older answers: beside the message), a code, or a sentence. Only what we know to be for
 * good is a refusal: an error that we do not know may be gone an hour later, and a contract that fails is a sale that
 * stops. Reasons keep field names and codes only, because a sentence may repeat what we sent.
 */
final class GraphQlAnswer {

    /** A wrong or missing key is the installation's fault, not the contract's: it waits until somebody has corrected it. */
    private static final Duration UNTIL_SOMEBODY_LOOKED = Duration.ofMinutes(5);

    /** Calls are counted by the minute. */
    private static final Duration UNTIL_COUNTED_ANEW = Duration.ofMinutes(1);

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.:-]{1,60}");
    private static final Pattern NOT_FOUND = Pattern.compile("(?i)(\\w+[ _])?not[ _]found\\.?");
    private static final Pattern THROTTLED = Pattern.compile("(?i)too[ _]many|throttl|rate[ _]?limit");

    private GraphQlAnswer() {}

    /**
     * @param retryAfter what the header asks for; zero when absent
     * @return the {@code data} of an accepted answer
     */
    static ProviderResult<JsonNode> of(int status, Duration retryAfter, byte[] body, ObjectMapper json) {
        JsonNode answer = parsed(body, json);
        if (status != 200) {
            return ofStatus(status, retryAfter, answer.isObject());
        }
        JsonNode errors = answer.path("errors");
        if (errors.isArray() && !errors.isEmpty()) {
            return ofError(errors.get(0), retryAfter);
        }
        return answer.path("data").isObject()
                ? new Accepted<>(answer.get("data"))
                : new TryLater<>(Duration.ZERO, "unreadable-answer");
    }

    /** Whether the refusal says that there is no such thing. */
    static boolean notFound(ProviderResult<?> result) {
        return result instanceof Refused<?> refused && refused.reason().equals("not-found");
    }

    // A page is a proxy's, who knows nothing of the contract; but too large is too large for whoever says so.
    private static ProviderResult<JsonNode> ofStatus(int status, Duration retryAfter, boolean inJson) {
        if (status == 413 || inJson && (status == 400 || status == 422)) {
            return new Refused<>("http-" + status);
        }
        Duration untilLooked = retryAfter.compareTo(UNTIL_SOMEBODY_LOOKED) > 0 ? retryAfter : UNTIL_SOMEBODY_LOOKED;
        return switch (status) {
            case 401, 403 -> new TryLater<>(untilLooked, "unauthorized");
            case 408, 429 -> new TryLater<>(retryAfter, "http-" + status);
            // What is left below 500 says that the address is wrong.
            default -> new TryLater<>(status >= 500 ? retryAfter : untilLooked, "http-" + status);
        };
    }

    private static JsonNode parsed(byte[] body, ObjectMapper json) {
        try {
            JsonNode answer = json.readTree(body);
            return answer == null ? MissingNode.getInstance() : answer;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read bytes that are there", e);
        }
    }

    private static ProviderResult<JsonNode> ofError(JsonNode error, Duration retryAfter) {
        JsonNode validation = error.path("extensions").path("validation");
        if (!validation.isObject()) {
            validation = error.path("validation");
        }
        if (validation.isObject()) {
            return new Refused<>(clipped("validation:" + String.join(",", broken(validation))));
        }
        String message = error.path("message").asText("");
        if (NOT_FOUND.matcher(message).matches()) {
            return new Refused<>("not-found");
        }
        if (THROTTLED.matcher(message).find()) {
            return new TryLater<>(retryAfter.isZero() ? UNTIL_COUNTED_ANEW : retryAfter, codeOr("throttled", message));
        }
        String kind = message.toLowerCase(Locale.ROOT).startsWith("internal") ? "internal-error" : "unknown-error";
        return new TryLater<>(retryAfter, codeOr(kind, message));
    }

    private static String codeOr(String otherwise, String message) {
        return CODE.matcher(message).matches() ? message : otherwise;
    }

    private static List<String> broken(JsonNode validation) {
        var broken = new ArrayList<String>();
        validation
                .properties()
                .forEach(field -> field.getValue().forEach(code -> {
                    String said = code.asText();
                    broken.add(field.getKey() + "=" + (CODE.matcher(said).matches() ? said : "invalid"));
                }));
        return broken;
    }

    private static String clipped(String reason) {
        return reason.length() <= 400 ? reason : reason.substring(0, 400);
    }
}
