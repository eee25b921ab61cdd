package io.centurions.platform.webhooks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What may be kept of a webhook's headers: how the body is written, which program of which version sent it, and by which number the sender's
 * support or our proxy finds the call again. A list of what is kept and not of what is left out, so that no secret, signature or address of
 * a person is kept because nobody thought of its name. Nothing is proved by a kept header: what was genuine when it came stays genuine.
 */
public final class SafeHeaders {

    // Meta sends the version of its API that the body is written in; Autentique numbers its calls.
    private static final List<String> KEPT = List.of(
            "content-type",
            "content-encoding",
            "user-agent",
            "date",
            "x-request-id",
            "traceparent",
            "facebook-api-version",
            "x-attq-request-id");
    private static final int MOST_CHARACTERS = 200;

    private SafeHeaders() {}

    /**
     * Few and short ones, in printable ASCII, so that they can always be stored.
     *
     * @param header the value of a header by its name in any case; null where it did not come
     * @return by their names in lower case
     */
    public static Map<String, String> of(UnaryOperator<String> header) {
        Map<String, String> safe = new LinkedHashMap<>();
        for (String name : KEPT) {
            String value = header.apply(name);
            if (value != null) {
                safe.put(name, storable(value));
            }
        }
        return safe;
    }

    private static String storable(String value) {
        return value.substring(0, Math.min(value.length(), MOST_CHARACTERS)).replaceAll("[^ -~]", "?");
    }
}
