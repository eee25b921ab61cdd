package io.centurions.autentique.autentique;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.autentique.contract.SeenDocument;
import io.centurions.autentique.signing.ProviderResult;
import io.centurions.autentique.signing.ProviderResult.Accepted;
import io.centurions.autentique.signing.ProviderResult.Refused;
import io.centurions.autentique.signing.ProviderResult.TryLater;
import io.centurions.autentique.signing.SignatureProvider;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Autentique's GraphQL, version 2 (docs.autentique.com.br/api). The time limit holds for a whole call, its answer read to
 * the end, and the answer's size is limited. Nothing that is sent or answered is logged.
 */
@ApplicationScoped
class AutentiqueClient implements SignatureProvider {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int ANSWER_BYTES_MAX = 2 * 1024 * 1024;

    private final AutentiqueConfig config;
    private final ObjectMapper json;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    AutentiqueClient(AutentiqueConfig config, ObjectMapper json, Clock clock) {
        this.config = config;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public ProviderResult<String> create(Paper paper) {
        String operations = operation(Documents.CREATE, ToDocumentInput.variables(paper, config.sandbox(), json));
        var body = new MultipartBody()
                .json("operations", operations)
                .json("map", "{\"file\":[\"variables.file\"]}")
                .pdf("file", "contrato.pdf", paper.pdf());
        return map(post(body.contentType(), body.bytes()), data -> id(data, "createDocument"));
    }

    @Override
    public ProviderResult<Optional<String>> find(Paper paper) {
        ObjectNode variables = json.createObjectNode().put("name", paper.name());
        return map(ask(Documents.FIND, variables), data -> {
            for (JsonNode document : data.path("documents").path("data")) {
                // The search is by likeness; only our reference makes it ours.
                if (document.path("name").asText().endsWith(paper.reference())) {
                    return Optional.of(Optional.of(document.path("id").asText()));
                }
            }
            return Optional.of(Optional.empty());
        });
    }

    @Override
    public ProviderResult<Optional<SeenDocument>> look(String document) {
        ProviderResult<JsonNode> answer =
                ask(Documents.LOOK, json.createObjectNode().put("id", document));
        if (GraphQlAnswer.notFound(answer)) {
            return new Accepted<>(Optional.empty());
        }
        return map(
                answer,
                data -> Optional.of(
                        data.path("document").isObject()
                                ? Optional.of(ReadDocument.of(data.get("document")))
                                : Optional.empty()));
    }

    @Override
    public ProviderResult<String> block(String document) {
        ObjectNode variables = json.createObjectNode().put("id", document);
        variables.putObject("document").put("deadline_at", clock.instant().toString());
        return map(ask(Documents.BLOCK, variables), data -> id(data, "updateDocument"));
    }

    @Override
    public ProviderResult<String> delete(String document) {
        return map(
                ask(Documents.DELETE, json.createObjectNode().put("id", document)),
                data -> data.path("deleteDocument").asBoolean() ? Optional.of(document) : Optional.empty());
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
    }

    private ProviderResult<JsonNode> ask(String query, ObjectNode variables) {
        return post("application/json", operation(query, variables).getBytes(StandardCharsets.UTF_8));
    }

    private String operation(String query, ObjectNode variables) {
        ObjectNode operation = json.createObjectNode().put("query", query);
        operation.set("variables", variables);
        return operation.toString();
    }

    private ProviderResult<JsonNode> post(String contentType, byte[] body) {
        if (config.token().isEmpty()) {
            return new TryLater<>(Duration.ofMinutes(5), "no-token");
        }
        HttpRequest request = HttpRequest.newBuilder(config.url())
                .header("Authorization", "Bearer " + config.token().get())
                .header("Content-Type", contentType)
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return exchange(request);
    }

    // The client's own time-out ends with the headers; this one also covers a body that never comes to its end.
    private ProviderResult<JsonNode> exchange(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> call = http.sendAsync(request, CappedBody.upTo(ANSWER_BYTES_MAX));
        try {
            HttpResponse<byte[]> response = call.get(config.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
            String retryAfter = response.headers().firstValue("Retry-After").orElse(null);
            return GraphQlAnswer.of(response.statusCode(), retryAfter, response.body(), json);
        } catch (TimeoutException e) {
            call.cancel(true);
            return new TryLater<>(Duration.ZERO, "timeout");
        } catch (ExecutionException e) {
            return new TryLater<>(Duration.ZERO, reason(e.getCause()));
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            return new TryLater<>(Duration.ZERO, "interrupted");
        }
    }

    private static String reason(Throwable cause) {
        return switch (cause) {
            case HttpTimeoutException late -> "timeout";
            case CappedBody.TooLong endless -> "answer-too-long";
            case IOException lost -> "unreachable";
            default -> throw new IllegalStateException("a call to Autentique failed inside the client", cause);
        };
    }

    private static Optional<String> id(JsonNode data, String field) {
        String id = data.path(field).path("id").asText("");
        return id.isEmpty() ? Optional.empty() : Optional.of(id);
    }

    // An answer that is accepted but lacks what was asked may have been done: look again before repeating.
    private static <T> ProviderResult<T> map(ProviderResult<JsonNode> answer, Function<JsonNode, Optional<T>> read) {
        return switch (answer) {
            case Accepted<JsonNode>(JsonNode data) ->
                read.apply(data)
                        .<ProviderResult<T>>map(Accepted::new)
                        .orElseGet(() -> new TryLater<>(Duration.ZERO, "unreadable-answer"));
            case TryLater<JsonNode>(Duration atLeast, String reason) -> new TryLater<>(atLeast, reason);
            case Refused<JsonNode>(String reason) -> new Refused<>(reason);
        };
    }
}
