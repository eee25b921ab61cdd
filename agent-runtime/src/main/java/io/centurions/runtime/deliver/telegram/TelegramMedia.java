package io.centurions.runtime.deliver.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.deliver.AccessTokens;
import io.centurions.runtime.understand.Download;
import io.centurions.runtime.understand.MediaSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Fetches what a lead sent from Telegram, which keeps it and gives it out by file id for about an hour at a time. */
@ApplicationScoped
class TelegramMedia implements MediaSource {

    private final TelegramClient telegram;
    private final AccessTokens tokens;

    TelegramMedia(TelegramClient telegram, AccessTokens tokens) {
        this.telegram = telegram;
        this.tokens = tokens;
    }

    @Override
    public String channel() {
        return "telegram";
    }

    @Override
    public Optional<Fetched> fetch(Wanted wanted) {
        JsonNode media = wanted.media();
        String mime =
                media.path("mime").asText("photo".equals(media.path("type").asText()) ? "image/jpeg" : "audio/ogg");
        String token = tokens.accessToken(wanted.company(), wanted.instance())
                .orElseThrow(() -> Download.later("no_token", Duration.ZERO));
        return telegram.file(
                        new Bot(wanted.company(), token),
                        media.path("file_id").asText(),
                        wanted.most(),
                        wanted.patience())
                .map(bytes -> new Fetched(bytes, mime));
    }
}
