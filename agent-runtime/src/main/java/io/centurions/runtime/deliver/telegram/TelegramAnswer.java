package io.centurions.runtime.deliver.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** What the Bot API answered to one call. */
public sealed interface TelegramAnswer {

    record Ok(JsonNode result) implements TelegramAnswer {}

    /**
     * The API said no.
     *
     * @param code        its {@code error_code}, which equals the HTTP status
     * @param description why, in its words; empty when somebody else answered, such as a proxy
     * @param retryAfter  what it asks us to wait; zero when it does not say
     */
    record No(int code, String description, Duration retryAfter) implements TelegramAnswer {

        /** Telegram's own word on a token that is wrong or was revoked; 404 is what a malformed one gets. A proxy says neither in words. */
        public boolean refusesToken() {
            return (code == 401 || code == 404) && !description.isEmpty();
        }

        /** Telegram's own word on what was asked for: not a limit, nor its trouble, nor somebody else's page. */
        public boolean refusesRequest() {
            return code >= 400 && code < 500 && code != 429 && !description.isEmpty();
        }

        /** Telegram's own last word on a file: it is too big for bots, or no file of theirs. */
        boolean deniesFile() {
            // It says "wrong file_id or the file is temporarily unavailable" of one that it cannot have just now, too.
            return code == 400 && !description.isEmpty() && !description.contains("temporarily");
        }
    }

    /**
     * @param mayHaveArrived false when the request never left
     * @param after          how long to wait at least before it is made again
     */
    record Silent(boolean mayHaveArrived, String why, Duration after) implements TelegramAnswer {}
}
