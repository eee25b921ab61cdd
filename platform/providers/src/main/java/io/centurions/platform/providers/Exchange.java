package io.centurions.platform.providers;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** How one HTTP exchange ended. The difference between the last two decides whether a send may be repeated. */
public sealed interface Exchange {

    /**
     * The provider answered, whatever it said.
     *
     * @param retryAfter what it asks us to wait by its header, capped; zero when it does not say
     */
    record Answered(int status, HttpHeaders headers, byte[] body, Duration retryAfter) implements Exchange {

        /** True for 2xx. */
        public boolean ok() {
            return status >= 200 && status < 300;
        }

        /** True for a 200 with bytes that are not words: in front of a file a proxy may answer 200 with a page of its own. */
        public boolean bringsMedia() {
            String type = headers.firstValue("Content-Type").orElse("").strip().toLowerCase(Locale.ROOT);
            return status == 200
                    && body.length > 0
                    && !type.startsWith("text/")
                    && !type.startsWith("application/json");
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** Never shows what was said. */
        @Override
        public String toString() {
            return "Answered[" + status + ", " + body.length + " bytes]";
        }
    }

    /**
     * Not one byte of the request reached the provider: repeating is safe.
     *
     * @param reason a code: {@code unreachable}, or why it was not even tried
     * @param after  how long to wait at least
     */
    record NotSent(String reason, Duration after) implements Exchange {

        /** False when we kept the call back ourselves: for a breaker, for an account that is limited, or for want of a place. */
        public boolean tried() {
            return reason.equals(Wire.UNREACHABLE);
        }
    }

    /**
     * The request left, no whole answer came: the provider may have acted on it.
     *
     * @param reason a code: timeout, connection_lost, answer_too_long or interrupted
     */
    record Lost(String reason) implements Exchange {

        /** True when we broke off an answer longer than is kept: the next would be as long. */
        public boolean tooLong() {
            return reason.equals(Wire.TOO_LONG);
        }
    }
}
