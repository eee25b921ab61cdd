package io.centurions.backoffice.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;

/**
 * Completes the document that is read from the endpoints' methods and types, once, when the service is built.
 * What an endpoint does and refuses stands in {@code operations.txt}, who may call it in {@code
 * role-matrix.txt}, what a refusal means in {@code problem-codes.txt}; examples are in {@code
 * request-examples.json} and {@code answer-examples.json}, the rest in {@code META-INF/openapi.yaml}. An
 * endpoint that is missing in a table stays as it was read; a test finds it.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class DescribeApi implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Operations operations = Operations.read();
        Map<String, WhoMay> matrix = WhoMay.matrix();
        Answers answers = new Answers();
        Refusals refusals = new Refusals();
        List<Operation> described = new ArrayList<>();
        api.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().forEach((method, operation) -> {
                    String endpoint = method + " " + path;
                    described.add(operation);
                    operations.of(endpoint).ifPresent(said -> {
                        name(operation, said);
                        answers.describe(endpoint, operation, said);
                        if (matrix.containsKey(endpoint)) {
                            WhoMay who = matrix.get(endpoint);
                            refusals.describe(endpoint, operation, said, who);
                            letIn(operation, who);
                        }
                        Asked.describe(operation, said);
                    });
                }));
        Shapes.finish(api, described);
        refusals.finish(api);
        api.setTags(operations.tags().entrySet().stream()
                .map(tag -> OASFactory.createTag().name(tag.getKey()).description(tag.getValue()))
                .toList());
    }

    private static void name(Operation operation, Described said) {
        operation.setOperationId(said.id());
        operation.setSummary(said.summary());
        operation.setTags(List.of(said.tag()));
        operation.setDescription(said.isRepeatable() ? "Needs no Idempotency-Key: repeating it is harmless." : null);
    }

    private static void letIn(Operation operation, WhoMay who) {
        String more = operation.getDescription();
        operation.setDescription(more == null ? who.inWords() : who.inWords() + " " + more);
        if (who.needsToken()) {
            operation.addSecurityRequirement(
                    OASFactory.createSecurityRequirement().addScheme("person"));
        }
        if (who.letsApiKeys()) {
            operation.addSecurityRequirement(
                    OASFactory.createSecurityRequirement().addScheme("companyKey"));
        }
    }
}
