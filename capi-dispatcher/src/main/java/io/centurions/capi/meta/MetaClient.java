package io.centurions.capi.meta;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.centurions.capi.meta.MetaAnswer.KeptBack;
import io.centurions.capi.meta.MetaAnswer.TryLater;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Exchange.Answered;
import io.centurions.platform.providers.Exchange.Lost;
import io.centurions.platform.providers.Exchange.NotSent;
import io.centurions.platform.providers.Provider;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.providers.Request;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Posts events to a dataset. Blocks the calling virtual thread until the whole answer is there, at most as long as the
 * configured time-out, keeps no more of it than an answer of Meta's can be long, and never throws for what the network
 * or Meta does. Not to be called inside a transaction.
 */
@ApplicationScoped
public class MetaClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PARTNER_AGENT = "centurions";
    private static final int ANSWER_BYTES_MAX = 256 * 1024;

    private final MetaConfig config;
    private final Provider meta;

    @Inject
    MetaClient(MetaConfig config, Providers providers) {
        this.config = config;
        this.meta = providers.named("meta");
    }

    /**
     * Sends one request, once: the dispatcher has its own rule for what comes after a failure.
     *
     * @param company whose events these are
     * @param dataset where to
     * @param events  1 to 1000; one bad event makes Meta refuse them all
     */
    public MetaAnswer send(CompanyId company, Dataset dataset, List<MetaEvent> events) {
        Request request = Request.of(request(dataset, events), config.timeout())
                .keeping(ANSWER_BYTES_MAX)
                .by(List.of(company, dataset.id()));
        return switch (meta.exchange(company, request)) {
            case Answered answered ->
                ReadMetaAnswer.of(answered.status(), answered.text(), answered.retryAfter(), events.size());
            // No connection was made, but that it came from the network is not worth the risk of being wrong.
            case NotSent notSent when notSent.tried() -> new TryLater(notSent.reason(), true, notSent.after(), null);
            case NotSent(String reason, Duration after) -> new KeptBack(reason, after);
            case Lost(String reason) -> new TryLater(reason, true, Duration.ZERO, null);
        };
    }

    private HttpRequest request(Dataset dataset, List<MetaEvent> events) {
        String proof = dataset.proof();
        String path = "/" + config.apiVersion() + "/" + encode(dataset.id()) + "/events"
                + (proof == null ? "" : "?appsecret_proof=" + proof);
        return HttpRequest.newBuilder(URI.create(withoutSlash(config.graphUrl()) + path))
                // Not in the address, where proxies would write it to their logs.
                .header("Authorization", "Bearer " + dataset.accessToken())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        write(new Post(events, dataset.testEventCode(), PARTNER_AGENT))))
                .build();
    }

    static String write(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + body.getClass().getSimpleName() + " as JSON", e);
        }
    }

    private static String withoutSlash(URI base) {
        String text = base.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }

    /** The body of a request. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Post(List<MetaEvent> data, String testEventCode, String partnerAgent) {}
}
