package io.centurions.backoffice.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.openapi.ApiDocument.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** What a reader of the OpenAPI document is promised of every endpoint. Each fault is named with its place. */
class OpenApiLintTest {

    private static final String JSON = "application/json";
    private static final String PROBLEM_JSON = "application/problem+json";

    private static final ApiDocument DOCUMENT = ApiDocument.committed();
    private static final List<Operation> OPERATIONS = DOCUMENT.operations();
    private static final Map<String, WhoMay> MATRIX = WhoMay.matrix();
    private static final ProblemCodes CODES = ProblemCodes.read();

    @Test
    void it_describes_the_endpoints_of_the_role_matrix_and_no_others() {
        Set<String> described = new TreeSet<>();
        OPERATIONS.forEach(each -> described.add(each.endpoint()));

        assertThat(described).isEqualTo(new TreeSet<>(MATRIX.keySet()));
    }

    @Test
    void every_operation_has_a_name_of_its_own_words_and_a_part_of_the_document() {
        Set<String> parts = new HashSet<>();
        DOCUMENT.root().path("tags").forEach(tag -> {
            assertThat(tag.path("description").asText()).isNotBlank();
            parts.add(tag.path("name").asText());
        });
        Set<String> used = new HashSet<>();

        assertThat(OPERATIONS)
                .extracting(each -> each.node().path("operationId").asText())
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z][a-zA-Z]+"));
        assertThat(OPERATIONS).allSatisfy(each -> {
            String summary = each.node().path("summary").asText();
            assertThat(summary).isNotBlank().hasSizeLessThan(90).doesNotEndWith(".");
            assertThat(each.node().path("description").asText()).isNotBlank();
            assertThat(each.node().path("tags")).hasSize(1);
            used.add(each.node().path("tags").path(0).asText());
        });
        assertThat(used).isEqualTo(parts);
    }

    @Test
    void every_operation_says_whom_it_lets_in_and_refuses_the_others() {
        assertThat(wrong((each, answers) -> {
                    WhoMay who = MATRIX.get(each.endpoint());
                    Set<String> schemes = new HashSet<>();
                    each.node().path("security").forEach(way -> way.fieldNames().forEachRemaining(schemes::add));
                    boolean forbidden = who.refusesSomebody()
                            || said(each).stream()
                                    .anyMatch(code -> CODES.status(code).equals("403"));
                    return schemes.contains("person") == who.needsToken()
                            && schemes.contains("companyKey") == who.letsApiKeys()
                            && answers.containsKey("401") == who.needsToken()
                            && answers.containsKey("403") == forbidden;
                }))
                .isEmpty();
    }

    @Test
    void every_operation_that_does_what_was_asked_answers_with_a_shape_and_an_example() {
        assertThat(wrong((each, answers) -> answers.keySet().stream().anyMatch(status -> status.startsWith("2"))))
                .isEmpty();
        assertThat(wrong((each, answers) -> answers.entrySet().stream()
                        .filter(answer -> answer.getKey().startsWith("2"))
                        .allMatch(answer -> answer.getKey().equals("204")
                                ? !answer.getValue().has("content")
                                : isShown(answer.getValue()))))
                .isEmpty();
    }

    @Test
    void every_body_that_is_taken_has_a_shape_and_an_example() {
        assertThat(wrong((each, answers) -> !each.node().has("requestBody")
                        || isShown(DOCUMENT.resolved(each.node().path("requestBody")))))
                .isEmpty();
    }

    @Test
    void every_refusal_that_follows_from_the_request_is_told() {
        assertThat(wrong((each, answers) -> {
                    boolean body = each.node().has("requestBody");
                    boolean query = DOCUMENT.parameters(each).stream()
                            .anyMatch(parameter -> parameter.path("in").asText().equals("query"));
                    boolean named = each.path().contains("{") && !each.method().equals("OPTIONS");
                    return answers.containsKey("500")
                            && answers.containsKey("503")
                            && (!named || answers.containsKey("404"))
                            && (!body || answers.containsKey("415"))
                            && (!(body || query) || answers.containsKey("400"));
                }))
                .isEmpty();
    }

    @Test
    void every_refusal_is_a_problem_with_an_example_of_each_type_it_may_have() {
        List<String> wrong = new ArrayList<>();
        DOCUMENT.root().at("/components/responses").properties().forEach(response -> {
            JsonNode content = response.getValue().path("content").path(PROBLEM_JSON);
            boolean problem = ApiDocument.name(content.path("schema")).equals("Problem");
            if (!problem
                    || content.path("examples").isEmpty()
                    || !response.getValue().has("description")) {
                wrong.add(response.getKey());
            }
            content.path("examples").forEach(example -> {
                var faults = DOCUMENT.faults(content.path("schema"), example.path("value"));
                faults.forEach(fault -> wrong.add(response.getKey() + ": " + fault));
            });
        });
        assertThat(wrong).isEmpty();
        assertThat(wrong((each, answers) -> answers.entrySet().stream()
                        .filter(answer -> !answer.getKey().startsWith("2"))
                        .allMatch(answer -> hasStatus(answer.getValue(), answer.getKey()))))
                .isEmpty();
    }

    @Test
    void every_change_of_a_version_can_be_refused_as_stale() {
        assertThat(wrong((each, answers) -> DOCUMENT.parameter(each, "If-Match")
                        .map(header -> answers.containsKey("412")
                                && (answers.containsKey("428")
                                        || !header.path("required").asBoolean()))
                        .orElse(!answers.containsKey("428"))))
                .isEmpty();
    }

    @Test
    void every_post_takes_a_key_and_says_when_it_was_used_but_for_the_public_doors() {
        assertThat(wrong((each, answers) -> !each.method().equals("POST")
                        || each.path().startsWith("/public/")
                        || DOCUMENT.parameter(each, "Idempotency-Key").isPresent() && tellsReplay(answers)))
                .isEmpty();
    }

    private static boolean tellsReplay(Map<String, JsonNode> answers) {
        return answers.entrySet().stream()
                .filter(answer -> answer.getKey().startsWith("2"))
                .allMatch(answer -> answer.getValue().path("headers").has("Idempotent-Replay"));
    }

    @Test
    void every_list_has_one_shape_and_a_bound() {
        assertThat(wrong((each, answers) -> answered(answers)
                        .filter(schema -> schema.path("properties").has("nextCursor"))
                        .map(schema ->
                                schema.at("/properties/items/type").asText().equals("array")
                                        && DOCUMENT.parameter(each, "cursor").isPresent()
                                        && DOCUMENT.parameter(each, "limit")
                                                .map(limit -> limit.at("/schema/maximum")
                                                                .asInt()
                                                        == 200)
                                                .orElse(false))
                        .orElse(DOCUMENT.parameter(each, "cursor").isEmpty())))
                .isEmpty();
        assertThat(wrong((each, answers) -> answered(answers)
                        .map(schema -> !schema.path("type").asText().equals("array"))
                        .orElse(true)))
                .isEmpty();
    }

    @Test
    void every_problem_of_this_service_is_answered_somewhere() {
        Set<String> told = new TreeSet<>();
        DOCUMENT.root().at("/components/schemas/Problem/properties/type/enum").forEach(type -> told.add(type.asText()));
        Set<String> ours = new TreeSet<>();
        Written.lines("/problem-codes.txt").stream()
                .skip(1)
                .map(line -> Written.columns(line, 4))
                .filter(columns -> columns.get(2).contains("backoffice-api"))
                .forEach(columns -> ours.add(ProblemCodes.type(columns.get(0))));

        assertThat(told).containsAll(ours);
    }

    @Test
    void every_code_that_the_table_of_operations_names_is_a_known_one() {
        assertThat(OPERATIONS).allSatisfy(each -> assertThat(said(each)).allMatch(CODES::has));
    }

    private static List<String> said(Operation operation) {
        return Operations.read()
                .of(operation.endpoint())
                .map(Described::refusals)
                .orElse(List.of());
    }

    private static List<Operation> wrong(BiPredicate<Operation, Map<String, JsonNode>> holds) {
        return OPERATIONS.stream()
                .filter(each -> !holds.test(each, DOCUMENT.answers(each)))
                .toList();
    }

    /** The schema of what it answers when it does what was asked. */
    private static Optional<JsonNode> answered(Map<String, JsonNode> answers) {
        return answers.entrySet().stream()
                .filter(answer ->
                        answer.getKey().startsWith("2") && answer.getValue().has("content"))
                .map(answer -> DOCUMENT.resolved(
                        answer.getValue().path("content").path(JSON).path("schema")))
                .findFirst();
    }

    /** A file, or JSON with an example that is what the schema says, no more and no less. */
    private static boolean isShown(JsonNode withContent) {
        if (withContent.at("/content/*~1*/schema/format").asText().equals("binary")) {
            return true;
        }
        JsonNode json = withContent.path("content").path(JSON);
        return !json.path("schema").isEmpty()
                && json.has("example")
                && DOCUMENT.faults(json.path("schema"), json.path("example")).isEmpty();
    }

    private static boolean hasStatus(JsonNode problem, String status) {
        JsonNode examples = problem.path("content").path(PROBLEM_JSON).path("examples");
        List<String> statuses = new ArrayList<>();
        examples.forEach(example -> statuses.add(example.at("/value/status").asText()));
        return !statuses.isEmpty() && statuses.stream().allMatch(status::equals);
    }
}
