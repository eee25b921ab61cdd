package io.centurions.capi.meta;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.centurions.capi.meta.MetaAnswer.TryLater;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
    private final HttpClient http;

    @Inject
    MetaClient(MetaConfig config) {
        this.config = config;
        this.http = HttpClient.newBuilder()
                .connectTimeout(config.connectTimeout())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * Sends one request.
     *
     * @param dataset where to
     * @param events  1 to 1000; one bad event makes Meta refuse them all
     */
    public MetaAnswer send(Dataset dataset, List<MetaEvent> events) {
        CompletableFuture<HttpResponse<byte[]>> call =
                http.sendAsync(request(dataset, events), CappedBody.upTo(ANSWER_BYTES_MAX));
        try {
            // The client's own time-out ends with the headers; this one also covers a body that never comes to its end.
            HttpResponse<byte[]> response = call.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
            String body = new String(response.body(), StandardCharsets.UTF_8);
            return ReadMetaAnswer.of(response.statusCode(), body, retryAfter(response), events.size());
        } catch (TimeoutException e) {
            call.cancel(true);
            return unanswered("timeout");
        } catch (ExecutionException e) {
            return unanswered(reason(e.getCause()));
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            return unanswered("interrupted");
        }
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
    }

    private static TryLater unanswered(String reason) {
        return new TryLater(reason, true, Duration.ZERO, null);
    }

    private static String reason(Throwable cause) {
        return switch (cause) {
            case HttpTimeoutException late -> "timeout";
            case CappedBody.TooLong endless -> "answer_too_long";
            // Also a connection that was never made: telling the two apart is not worth the risk of being wrong.
            case IOException lost -> "unreachable";
            default -> throw new IllegalStateException("a call to Meta failed inside the client", cause);
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

    private static Duration retryAfter(HttpResponse<?> response) {
        Optional<String> seconds =
                response.headers().firstValue("Retry-After").filter(text -> text.matches("\\d{1,6}"));
        return seconds.map(text -> Duration.ofSeconds(Long.parseLong(text))).orElse(Duration.ZERO);
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
