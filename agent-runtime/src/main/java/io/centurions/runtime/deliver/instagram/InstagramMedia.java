package io.centurions.runtime.deliver.instagram;

import io.centurions.platform.providers.Provider;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.providers.Request;
import io.centurions.runtime.understand.Download;
import io.centurions.runtime.understand.MediaSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/** Fetches what a lead sent from Meta's CDN, by the link of the signed webhook, which expires. */
@ApplicationScoped
class InstagramMedia implements MediaSource {

    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final Provider media;

    InstagramMedia(Providers providers) {
        this.media = providers.named("instagram-media");
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
        String mime =
                switch (wanted.kind()) {
                    case IMAGE -> "image/jpeg";
                    case AUDIO -> "audio/mp4";
                };
        Request request = Request.of(HttpRequest.newBuilder(URI.create(url)).build(), LIMIT)
                .atMost(wanted.patience().left())
                .keeping(wanted.most())
                .repeated();
        return Download.of(media.exchange(wanted.company(), request)).map(bytes -> new Fetched(bytes, mime));
    }
}
