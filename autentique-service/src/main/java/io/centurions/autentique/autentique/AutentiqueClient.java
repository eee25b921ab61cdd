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
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Exchange.Answered;
import io.centurions.platform.providers.Exchange.Lost;
import io.centurions.platform.providers.Exchange.NotSent;
import io.centurions.platform.providers.Provider;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.providers.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Autentique's GraphQL, version 2 (docs.autentique.com.br/api). The time limit holds for a whole call, its answer read to
 * the end, and the answer's size is limited. Nothing that is sent or answered is logged.
 */
@ApplicationScoped
class AutentiqueClient implements SignatureProvider {

    private static final int ANSWER_BYTES_MAX = 2 * 1024 * 1024;

    private final AutentiqueConfig config;
    private final ObjectMapper json;
    private final Clock clock;
    private final Provider autentique;

    AutentiqueClient(AutentiqueConfig config, ObjectMapper json, Clock clock, Providers providers) {
        this.config = config;
        this.json = json;
        this.clock = clock;
        this.autentique = providers.named("autentique");
    }

    @Override
    public ProviderResult<String> create(CompanyId company, Paper paper) {
        String operations = operation(Documents.CREATE, ToDocumentInput.variables(paper, config.sandbox(), json));
        var body = new MultipartBody()
                .json("operations", operations)
                .json("map", "{\"file\":[\"variables.file\"]}")
                .pdf("file", "contrato.pdf", paper.pdf());
        return map(exchange(company, post(body.contentType(), body.bytes())), data -> id(data, "createDocument"));
    }

    @Override
    public ProviderResult<Optional<String>> find(CompanyId company, Paper paper) {
        ObjectNode variables = json.createObjectNode().put("name", paper.name());
        return map(exchange(company, ask(Documents.FIND, variables).repeated()), data -> {
            JsonNode found = data.path("documents").path("data");
            if (!found.isArray()) {
                // Half an answer is no "there is none", after which it would be made again, and billed again.
                return Optional.empty();
            }
            for (JsonNode document : found) {
                // The search is by likeness; only our reference makes it ours.
                if (document.path("name").asText().endsWith(paper.reference())) {
                    return Optional.of(Optional.of(document.path("id").asText()));
                }
            }
            return Optional.of(Optional.empty());
        });
    }

    @Override
    public ProviderResult<Optional<SeenDocument>> look(CompanyId company, String document) {
        ProviderResult<JsonNode> answer = exchange(
                company,
                ask(Documents.LOOK, json.createObjectNode().put("id", document)).repeated());
        if (GraphQlAnswer.notFound(answer)) {
            return new Accepted<>(Optional.empty());
        }
        return map(answer, data -> {
            JsonNode seen = data.path("document");
            if (seen.isNull()) {
                return Optional.of(Optional.empty());
            }
            return seen.isObject() ? Optional.of(Optional.of(ReadDocument.of(seen))) : Optional.empty();
        });
    }

    @Override
    public ProviderResult<String> block(CompanyId company, String document) {
        ObjectNode variables = json.createObjectNode().put("id", document);
        variables.putObject("document").put("deadline_at", clock.instant().toString());
        return map(exchange(company, ask(Documents.BLOCK, variables)), data -> id(data, "updateDocument"));
    }

    @Override
    public ProviderResult<String> delete(CompanyId company, String document) {
        return map(
                exchange(company, ask(Documents.DELETE, json.createObjectNode().put("id", document))),
                data -> data.path("deleteDocument").asBoolean() ? Optional.of(document) : Optional.empty());
    }

    private Request ask(String query, ObjectNode variables) {
        return post("application/json", operation(query, variables).getBytes(StandardCharsets.UTF_8));
    }

    private String operation(String query, ObjectNode variables) {
        ObjectNode operation = json.createObjectNode().put("query", query);
        operation.set("variables", variables);
        return operation.toString();
    }

    private Request post(String contentType, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(config.url())
                .header("Content-Type", contentType)
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        config.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return Request.of(request.build(), config.callTimeout()).keeping(ANSWER_BYTES_MAX);
    }

    private ProviderResult<JsonNode> exchange(CompanyId company, Request request) {
        if (config.token().isEmpty()) {
            return new TryLater<>(Duration.ofMinutes(5), "no-token", false);
        }
        // The token is the installation's: whoever's calls were too many, it is limited for all companies.
        return switch (autentique.exchange(company, request.by(config.token().get()))) {
            case Answered answered -> GraphQlAnswer.of(answered.status(), answered.retryAfter(), answered.body(), json);
            case NotSent notSent -> new TryLater<>(notSent.after(), code(notSent.reason()), notSent.tried());
            case Lost(String reason) -> new TryLater<>(Duration.ZERO, code(reason));
        };
    }

    private static String code(String reason) {
        return reason.replace('_', '-');
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
            case TryLater<JsonNode>(Duration atLeast, String reason, boolean tried) ->
                new TryLater<>(atLeast, reason, tried);
            case Refused<JsonNode>(String reason) -> new Refused<>(reason);
        };
    }
}
