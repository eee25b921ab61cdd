package io.centurions.chaos.wreck;

import io.centurions.chaos.plan.Fault.BadProvider;
import io.centurions.chaos.plan.Fault.Provider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a bad provider is at the sandbox: each answers its refusals in its own words. */
final class ProviderFaults {

    private static final int RETRY_AFTER_S = 2;
    /** Longer than any caller of this run waits. */
    private static final long HANG_MS = 20_000;

    private static final List<Long> LATE_MS = List.of(6_000L, 9_000L);

    private ProviderFaults() {}

    static Map<String, Object> at(BadProvider fault) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("provider", fault.provider().path());
        asked.put("path", fault.provider().call());
        asked.put("share", fault.share());
        asked.put("first", true);
        switch (fault.how()) {
            case TOO_MANY -> {
                asked.put("status", 429);
                asked.put("headers", Map.of("Retry-After", Integer.toString(RETRY_AFTER_S)));
                asked.put("body", tooMany(fault.provider()));
            }
            case BROKEN -> {
                asked.put("status", 500);
                asked.put("body", broken(fault.provider()));
            }
            case CUT -> asked.put("status", 0);
            case HANG -> {
                asked.put("status", 0);
                asked.put("delayMs", HANG_MS);
            }
            case LATE -> asked.put("delaysMs", List.of(LATE_MS));
        }
        return asked;
    }

    private static Object tooMany(Provider provider) {
        return switch (provider) {
            case TELEGRAM ->
                Map.of(
                        "ok",
                        false,
                        "error_code",
                        429,
                        "description",
                        "Too Many Requests: retry after " + RETRY_AFTER_S,
                        "parameters",
                        Map.of("retry_after", RETRY_AFTER_S));
            case INSTAGRAM, META -> graph(613, "Calls to this api have exceeded the rate limit.");
            case MODEL ->
                Map.of(
                        "error",
                        Map.of("message", "Rate limit reached", "type", "requests", "code", "rate_limit_exceeded"));
            case WHATSAPP, AUTENTIQUE -> Map.of("status", 429, "error", "Too Many Requests");
        };
    }

    private static Object broken(Provider provider) {
        return switch (provider) {
            case TELEGRAM -> Map.of("ok", false, "error_code", 500, "description", "Internal Server Error");
            case INSTAGRAM, META -> graph(2, "An unexpected error has occurred. Please retry your request later.");
            case MODEL -> Map.of("error", Map.of("message", "The server had an error", "type", "server_error"));
            case WHATSAPP, AUTENTIQUE -> Map.of("status", 500, "error", "Internal Server Error");
        };
    }

    private static Object graph(int code, String message) {
        return Map.of(
                "error",
                Map.of(
                        "message",
                        message,
                        "type",
                        "OAuthException",
                        "code",
                        code,
                        "is_transient",
                        true,
                        "fbtrace_id",
                        "AChaos"));
    }
}
