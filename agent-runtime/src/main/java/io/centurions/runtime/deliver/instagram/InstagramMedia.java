package io.centurions.runtime.deliver.instagram;

import io.centurions.runtime.exchange.Exchange;
import io.centurions.runtime.exchange.Exchanges;
import io.centurions.runtime.understand.MediaSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Fetches what a lead sent from Meta's CDN, by the link of the signed webhook, which expires. */
@ApplicationScoped
class InstagramMedia implements MediaSource {

    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final Exchanges exchanges;

    InstagramMedia(Exchanges exchanges) {
        this.exchanges = exchanges;
    }

    @Override
    public String channel() {
        return "instagram";
    }

    @Override
    public Optional<Fetched> fetch(Wanted wanted) {
        String url = wanted.media().path("url").asText();
        if (!url.startsWith("http")) {
            return Optional.empty();
        }
        String mime = "image".equals(wanted.kind()) ? "image/jpeg" : "audio/mp4";
        return exchanges.get(URI.create(url), Map.of(), LIMIT) instanceof Exchange.Answered answered
                        && answered.status() == 200
                ? Optional.of(new Fetched(answered.body(), mime))
                : Optional.empty();
    }
}
