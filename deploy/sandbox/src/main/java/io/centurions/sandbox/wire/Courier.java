package io.centurions.sandbox.wire;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.OptionalLong;

/**
 * Posts webhooks to the fleet and repeats them as patiently as the provider does. Order between webhooks is not kept;
 * a provider that promises order starts the next one after {@link Delivery#end()}.
 */
public final class Courier {

    private static final Logger LOG = System.getLogger("sandbox.webhooks");
    private static final long ANSWER_TIMEOUT_MS = 30_000;
    /**
     * As good as none: providers do not wait for one answer before they send the next webhook, and a replica that stands still holds
     * its share of them until they are given up.
     */
    private static final int AT_ONCE = 2_000;

    private final Vertx vertx;
    private final HttpClient client;
    private final double retryScale;
    private final Mischief mischief;

    /** @param retryScale multiplies every provider's waits; below 1 only for tests */
    public Courier(Vertx vertx, double retryScale, Mischief mischief) {
        this.vertx = vertx;
        this.retryScale = retryScale;
        this.mischief = mischief;
        // A fresh connection each time: a restarted fleet must not meet a stale one and count as a failed attempt.
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setMaxPoolSize(AT_ONCE)
                .setConnectTimeout(5_000));
    }

    public Delivery send(Parcel parcel, RetryRule rule) {
        return sendLate(0, parcel, rule);
    }

    /** As {@link #send}, but held back: so a later one may overtake it. */
    public Delivery sendLate(long heldMs, Parcel parcel, RetryRule rule) {
        Delivery delivery = new Delivery();
        after(heldMs + mischief.heldMs(), () -> start(delivery, parcel, rule));
        perhapsAgain(parcel, rule);
        return delivery;
    }

    /** As {@link #send}, but only after the predecessor has ended. */
    public Delivery sendAfter(Delivery predecessor, Parcel parcel, RetryRule rule) {
        Delivery delivery = new Delivery();
        predecessor.end().onComplete(ended -> start(delivery, parcel, rule));
        delivery.firstAttempt().onComplete(tried -> perhapsAgain(parcel, rule));
        return delivery;
    }

    // How the repeat fares is nobody's business: the provider believes that it never sent the first.
    private void perhapsAgain(Parcel parcel, RetryRule rule) {
        mischief.againAfterMs().ifPresent(wait -> after(wait, () -> start(new Delivery(), parcel, rule)));
    }

    private void after(long millis, Runnable act) {
        if (millis <= 0) {
            act.run();
        } else {
            vertx.setTimer(millis, fired -> act.run());
        }
    }

    private void start(Delivery delivery, Parcel parcel, RetryRule rule) {
        post(parcel).onComplete(answered -> {
            int status = answered.succeeded() ? answered.result().statusCode() : 0;
            delivery.attempted(status);
            LOG.log(
                    Level.INFO,
                    "simulated webhook {0} answered {1} (attempt {2})",
                    path(parcel.url()),
                    String.valueOf(status),
                    delivery.attempts());
            if (!delivery.accepted()) {
                OptionalLong retryAfter = answered.succeeded() ? retryAfter(answered.result()) : OptionalLong.empty();
                retry(delivery, parcel, rule, rule.nextWaitMs(delivery.attempts(), status, retryAfter));
            }
        });
    }

    private void retry(Delivery delivery, Parcel parcel, RetryRule rule, OptionalLong wait) {
        if (wait.isEmpty()) {
            delivery.giveUp();
            return;
        }
        delivery.willBeRepeated();
        long scaled = Math.max(1, Math.round(wait.getAsLong() * retryScale));
        vertx.setTimer(scaled, fired -> start(delivery, parcel, rule));
    }

    private Future<HttpClientResponse> post(Parcel parcel) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setTimeout(ANSWER_TIMEOUT_MS)
                .setFollowRedirects(false);
        try {
            options.setAbsoluteURI(parcel.url());
        } catch (RuntimeException unusable) {
            return Future.failedFuture(unusable);
        }
        return client.request(options).compose(request -> {
            request.putHeader("Content-Type", "application/json");
            parcel.headers().forEach(request::putHeader);
            return request.send(parcel.body()).compose(Courier::drained);
        });
    }

    private static Future<HttpClientResponse> drained(HttpClientResponse response) {
        return response.body().map((Buffer ignored) -> response);
    }

    /** One GET without a repeat, for a provider that verifies an address. */
    public Future<String> get(String url) {
        return client.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setTimeout(ANSWER_TIMEOUT_MS)
                        .setAbsoluteURI(url))
                .compose(request -> request.send().compose(HttpClientResponse::body))
                .map(Buffer::toString);
    }

    private static OptionalLong retryAfter(HttpClientResponse response) {
        String seconds = response.getHeader("Retry-After");
        return seconds != null && seconds.matches("\\d{1,9}")
                ? OptionalLong.of(Long.parseLong(seconds))
                : OptionalLong.empty();
    }

    private static String path(String url) {
        int afterScheme = url.indexOf("://") + 3;
        int slash = url.indexOf('/', Math.max(afterScheme, 0));
        return slash < 0 ? url : url.substring(slash);
    }
}
