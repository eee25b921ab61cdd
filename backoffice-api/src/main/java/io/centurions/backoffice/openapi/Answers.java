package io.centurions.backoffice.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * What an endpoint takes, and what it answers when it does what was asked: statuses, headers, shapes, and an
 * example of each.
 */
final class Answers {

    private static final String JSON = "application/json";
    private static final String SCHEMAS = "#/components/schemas/";

    /** Comes as bytes, or goes on to another service as it is: no record of ours has its shape. */
    private static final Map<String, String> TAKEN_AS_IT_IS = Map.of(
            "POST /public/leads", "FormLead",
            "POST /public/leads/{formKey}", "FormLead");

    /** Comes from another service and is answered as it is. */
    private static final Map<String, String> ANSWERED_AS_IT_IS = Map.of(
            "POST /v1/companies/{companyId}/contract-templates", "ContractTemplate",
            "POST /v1/companies/{companyId}/deals/{dealId}/contracts", "Contract",
            "GET /v1/companies/{companyId}/contracts/{id}", "Contract",
            "POST /v1/companies/{companyId}/contracts/{id}/cancel", "Contract",
            "POST /v1/webhooks/rebuild", "Rebuilt");

    private static final List<String> WITHOUT_BODY = List.of("GET ", "DELETE ", "OPTIONS ");

    /** The body is a file itself, of whatever type. */
    private static final Set<String> TAKES_A_FILE = Set.of("POST /v1/companies/{companyId}/files");

    private static final Set<String> ANSWERS_A_FILE = Set.of("GET /public/files/{owner}/{object}");

    private static final Map<String, String> WORDS =
            Map.of("200", "As it is now", "201", "Made", "202", "Taken, and done soon", "204", "Done");

    private final JsonNode requests = Written.json("/request-examples.json");
    private final JsonNode answers = Written.json("/answer-examples.json");

    void describe(String endpoint, Operation operation, Described said) {
        operation.setRequestBody(taken(endpoint, operation.getRequestBody(), said));
        Schema answered = Optional.ofNullable(ANSWERED_AS_IT_IS.get(endpoint))
                .map(Answers::named)
                .orElseGet(() -> answered(operation));
        APIResponses responses = OASFactory.createAPIResponses();
        for (String status : said.answers()) {
            responses.addAPIResponse(status, response(status, answered, operation, said));
        }
        if (ANSWERS_A_FILE.contains(endpoint)) {
            responses.getAPIResponses().values().forEach(response -> response.setContent(file()));
        }
        operation.setResponses(responses);
    }

    /** What was read of a body; whatever else a method takes is none, such as the connection it came by. */
    private RequestBody taken(String endpoint, RequestBody read, Described said) {
        Optional<JsonNode> example = Optional.ofNullable(requests.get(endpoint));
        if (takesFile(endpoint)) {
            return OASFactory.createRequestBody().required(true).content(file());
        }
        if (TAKEN_AS_IT_IS.containsKey(endpoint)) {
            Schema schema = named(TAKEN_AS_IT_IS.get(endpoint));
            return OASFactory.createRequestBody().required(true).content(content(schema, example));
        }
        if (read == null || WITHOUT_BODY.stream().anyMatch(endpoint::startsWith)) {
            return null;
        }
        return read.required(!said.isBare()).content(content(schemaOf(read.getContent()), example));
    }

    /** What it answers comes from another service, and goes on as it is. */
    static boolean isAnothersAnswer(String endpoint) {
        return ANSWERED_AS_IT_IS.containsKey(endpoint);
    }

    /** There is no JSON in what it takes. */
    static boolean takesFile(String endpoint) {
        return TAKES_A_FILE.contains(endpoint);
    }

    private APIResponse response(String status, Schema schema, Operation operation, Described said) {
        APIResponse response = OASFactory.createAPIResponse().description(WORDS.getOrDefault(status, "Done"));
        if (schema != null && !status.equals("204")) {
            response.setContent(content(schema, example(schema)));
        }
        if (said.hasTag()) {
            response.addHeader("ETag", header("ETag"));
        }
        if (said.makesThing()) {
            response.addHeader("Location", header("Location"));
        }
        if (said.tellsReplay() && Asked.has(operation, Asked.IDEMPOTENCY_KEY)) {
            response.addHeader("Idempotent-Replay", header("Idempotent-Replay"));
        }
        if (said.tellsWhenToRepeat()) {
            response.addHeader("Retry-After", header("Retry-After"));
        }
        return response;
    }

    /** Of a page: with one item. */
    private Optional<JsonNode> example(Schema schema) {
        String name = Shapes.name(schema).orElse("");
        if (answers.has(name)) {
            return Optional.ofNullable(answers.get(name).get("example"));
        }
        String item = name.startsWith("Page") ? name.substring("Page".length()) : "";
        if (!answers.has(item)) {
            return Optional.empty();
        }
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.putArray("items").add(answers.get(item).get("example"));
        page.putNull("nextCursor");
        return Optional.of(page);
    }

    private static Content content(Schema schema, Optional<JsonNode> example) {
        MediaType json = OASFactory.createMediaType().schema(schema);
        example.ifPresent(json::setExample);
        return OASFactory.createContent().addMediaType(JSON, json);
    }

    // Read from the method's type, under whatever status and media type it was put.
    private static Schema answered(Operation operation) {
        if (operation.getResponses() == null) {
            return null;
        }
        return operation.getResponses().getAPIResponses().entrySet().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .map(response -> schemaOf(response.getValue().getContent()))
                .filter(schema -> schema != null)
                .findFirst()
                .orElse(null);
    }

    private static Schema schemaOf(Content content) {
        return content == null || content.getMediaTypes() == null
                ? null
                : content.getMediaTypes().values().stream()
                        .map(MediaType::getSchema)
                        .filter(schema -> schema != null)
                        .findFirst()
                        .orElse(null);
    }

    private static Content file() {
        Schema bytes =
                OASFactory.createSchema().addType(Schema.SchemaType.STRING).format("binary");
        return OASFactory.createContent()
                .addMediaType("*/*", OASFactory.createMediaType().schema(bytes));
    }

    private static Schema named(String name) {
        return OASFactory.createSchema().ref(SCHEMAS + name);
    }

    private static Header header(String name) {
        return OASFactory.createHeader().ref("#/components/headers/" + name);
    }
}
