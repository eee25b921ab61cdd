package io.centurions.backoffice.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.openapi.ApiDocument.Operation;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Holds what the service answers in a test to the OpenAPI document: a status that is not described for the
 * operation, a problem of another type, a body with more, less or other fields than its schema fails the test.
 * What no operation is described for is passed over.
 */
public final class AsDescribed implements Filter {

    private static final AsDescribed DOCUMENT = new AsDescribed(ApiDocument.committed());

    /** The method or the wanted type does not fit the address: refused before there is an operation. */
    private static final Set<Integer> OF_NO_OPERATION = Set.of(405, 406);

    private final ApiDocument document;
    private final List<Operation> operations;

    private AsDescribed(ApiDocument document) {
        this.document = document;
        // Where two addresses fit, the one with fewer parameters is meant.
        this.operations = document.operations().stream()
                .sorted(Comparator.comparing(each -> each.path().split("\\{", -1).length))
                .toList();
    }

    public static AsDescribed inTheDocument() {
        return DOCUMENT;
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification response, FilterContext context) {
        Response answer = context.next(request, response);
        String path = URI.create(request.getURI()).getRawPath();
        List<String> faults = faults(request.getMethod(), path, answer.statusCode(), answer.asString());
        if (!faults.isEmpty()) {
            throw new AssertionError("not as described: %s %s answered %d: %s"
                    .formatted(request.getMethod(), path, answer.statusCode(), faults));
        }
        return answer;
    }

    /** What of an answer is not as described; none for an address that is not described at all. */
    List<String> faults(String method, String path, int status, String body) {
        Optional<Operation> operation = operation(method, path);
        if (operation.isEmpty() || OF_NO_OPERATION.contains(status)) {
            return List.of();
        }
        Map<String, JsonNode> answers = document.answers(operation.get());
        JsonNode answer = answers.get(String.valueOf(status));
        if (answer == null) {
            return List.of("the status is none of " + answers.keySet());
        }
        if (Answers.isAnothersAnswer(operation.get().endpoint())) {
            // Here a simulated neighbour gives it. A house rule compares the fields with the real one's.
            return List.of();
        }
        JsonNode content = answer.path("content");
        if (content.isMissingNode()) {
            return body.isEmpty() ? List.of() : List.of("there is a body");
        }
        if (content.has("*/*")) {
            return List.of();
        }
        JsonNode read = json(body);
        return status >= 400
                ? problemFaults(content.path("application/problem+json"), read)
                : document.faults(content.path("application/json").path("schema"), read);
    }

    private List<String> problemFaults(JsonNode problem, JsonNode read) {
        List<String> faults = new ArrayList<>(document.faults(problem.path("schema"), read));
        List<String> types = new ArrayList<>();
        problem.path("examples")
                .forEach(each -> types.add(each.at("/value/type").asText()));
        if (!types.contains(read.path("type").asText())) {
            faults.add("the type is none of " + types + ": " + read.path("type"));
        }
        return faults;
    }

    private Optional<Operation> operation(String method, String path) {
        return operations.stream()
                .filter(each -> each.method().equals(method) && fits(each.path(), path))
                .findFirst();
    }

    private static boolean fits(String template, String path) {
        return Pattern.matches(template.replaceAll("\\{\\w+}", "[^/]+"), path);
    }

    private static JsonNode json(String body) {
        try {
            return ApiDocument.JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + body, e);
        }
    }
}
