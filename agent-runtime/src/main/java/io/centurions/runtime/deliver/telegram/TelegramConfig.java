package io.centurions.runtime.deliver.telegram;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** How we talk with Telegram. */
@ConfigMapping(prefix = "centurions.telegram")
public interface TelegramConfig {

    /** Where the Bot API is; an own Bot API server or a simulator takes its place. */
    @WithDefault("https://api.telegram.org")
    URI apiUrl();

    /**
     * How updates come in. POLLING needs no public address. Telegram gives a bot's updates to one reader at a time, so one
     * replica polls, whichever owns the job {@code telegram-polling}, and another goes on when it is gone.
     */
    @WithDefault("webhook")
    Mode mode();

    /** How long Telegram holds a poll open when there is nothing new. */
    @WithDefault("20s")
    Duration pollHold();

    /** After which a call is given up. A send that is given up may have arrived. */
    @WithDefault("10s")
    Duration callTimeout();

    /** How updates come in. */
    enum Mode {
        WEBHOOK,
        POLLING
    }
}
