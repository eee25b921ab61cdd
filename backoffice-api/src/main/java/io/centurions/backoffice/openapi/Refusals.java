package io.centurions.backoffice.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Which problems an endpoint answers. Those of one status are one response, shared by all endpoints that have
 * the same.
 */
final class Refusals {

    private static final String PROBLEM_JSON = "application/problem+json";
    private static final Set<String> TOLD_WHEN_TO_REPEAT = Set.of("429", "503");

    private final ProblemCodes codes = ProblemCodes.read();
    private final Map<String, APIResponse> responses = new TreeMap<>();
    private final Set<String> used = new TreeSet<>();

    /** To be called before {@link Asked#describe}: reads the parameters as they came. */
    void describe(String endpoint, Operation operation, Described said, WhoMay who) {
        Map<String, List<String>> byStatus = new TreeMap<>();
        for (String code : of(endpoint, operation, said, who)) {
            byStatus.computeIfAbsent(codes.status(code), none -> new ArrayList<>())
                    .add(code);
        }
        byStatus.forEach((status, same) -> operation
                .getResponses()
                .addAPIResponse(status, OASFactory.createAPIResponse().ref("#/components/responses/" + shared(same))));
    }

    /** Puts what was referred to into the document, and all types into the schema of a problem. */
    void finish(OpenAPI api) {
        api.getComponents().setResponses(responses);
        api.getComponents()
                .getSchemas()
                .get("Problem")
                .getProperties()
                .get("type")
                .setEnumeration(used.stream().<Object>map(ProblemCodes::type).toList());
    }

    private Set<String> of(String endpoint, Operation operation, Described said, WhoMay who) {
        Set<String> found = new LinkedHashSet<>();
        boolean body = operation.getRequestBody() != null;
        boolean tagged = Asked.has(operation, Asked.IF_MATCH);
        boolean keyed = Asked.has(operation, Asked.IDEMPOTENCY_KEY);
        add(found, body || Asked.hasQuery(operation), "invalid", "unstorable-text");
        add(found, body, "too-large");
        add(found, body && !Answers.takesFile(endpoint), "malformed-json", "unsupported-media-type");
        add(found, Asked.has(operation, Asked.CURSOR), "cursor-invalid");
        add(found, who.needsToken(), "unauthorized");
        add(found, who.refusesSomebody(), "forbidden");
        // A preflight is answered alike whether there is such a form or not.
        add(found, endpoint.contains("{") && !endpoint.startsWith("OPTIONS"), "not-found");
        add(found, changesCompany(endpoint) && !said.endsSomething(), "company-archived");
        add(found, keyed, "idempotency-key-invalid", "idempotency-key-reused");
        add(found, tagged, "if-match-invalid", "version-stale");
        add(found, tagged && !said.isLoose(), "precondition-required");
        said.refusals().stream().filter(codes::has).forEach(found::add);
        add(found, true, "unexpected", "unavailable");
        return found;
    }

    private static boolean changesCompany(String endpoint) {
        return endpoint.matches("(POST|PUT|DELETE) /v1/companies/\\{companyId}(/.*)?");
    }

    private static void add(Set<String> found, boolean applies, String... more) {
        if (applies) {
            found.addAll(List.of(more));
        }
    }

    /** The name of the response that tells exactly these. */
    private String shared(List<String> same) {
        String name = String.join(".", same);
        used.addAll(same);
        responses.computeIfAbsent(name, none -> response(same));
        return name;
    }

    private APIResponse response(List<String> same) {
        MediaType problem =
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref("#/components/schemas/Problem"));
        for (String code : same) {
            JsonNode example = codes.example(code);
            problem.addExample(code, OASFactory.createExample().value(example));
        }
        APIResponse response = OASFactory.createAPIResponse()
                .description(same.stream().map(codes::inWords).collect(Collectors.joining("; ")))
                .content(OASFactory.createContent().addMediaType(PROBLEM_JSON, problem));
        if (TOLD_WHEN_TO_REPEAT.contains(codes.status(same.getFirst()))) {
            response.addHeader("Retry-After", OASFactory.createHeader().ref("#/components/headers/Retry-After"));
        }
        return response;
    }
}
