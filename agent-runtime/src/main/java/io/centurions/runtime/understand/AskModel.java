package io.centurions.runtime.understand;

import io.centurions.runtime.think.CenturionConfig;
import jakarta.enterprise.context.ApplicationScoped;

/** Has a model put a file into words. Fails as {@link Transcribe} does. */
@ApplicationScoped
class AskModel {

    private final Transcribe transcribe;
    private final DescribeImage describe;

    AskModel(Transcribe transcribe, DescribeImage describe) {
        this.transcribe = transcribe;
        this.describe = describe;
    }

    Meaning about(MediaSource.Fetched file, MediaSource.Wanted wanted, CenturionConfig config) {
        return switch (wanted.kind()) {
            case AUDIO -> transcribe.transcribe(wanted.company(), file, config.language(), wanted.patience());
            case IMAGE -> describe.describe(wanted.company(), file, config, wanted.patience());
        };
    }
}
