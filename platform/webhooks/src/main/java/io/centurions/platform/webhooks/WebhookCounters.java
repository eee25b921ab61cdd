package io.centurions.platform.webhooks;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts what webhooks brought, so that what is ignored is seen. Tags are fixed words, never content. */
@ApplicationScoped
public class WebhookCounters {

    private final MeterRegistry metrics;

    WebhookCounters(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** Something genuine that we do not act on, and why. */
    public void ignored(String provider, String reason) {
        metrics.counter("webhook_ignored_total", "provider", provider, "reason", reason)
                .increment();
    }

    /** Something that was stored. */
    public void stored(String provider, int messages) {
        metrics.counter("webhook_stored_total", "provider", provider).increment(messages);
    }

    /** Something that was refused, and why. */
    public void refused(String provider, String reason) {
        metrics.counter("webhook_refused_total", "provider", provider, "reason", reason)
                .increment();
    }
}
