package io.centurions.backoffice.openapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** What a request carries beside its address: headers and cursors, everywhere in the same words. */
final class Asked {

    static final String IF_MATCH = "If-Match";
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    static final String CURSOR = "cursor";

    private static final String PARAMETERS = "#/components/parameters/";

    private static final Map<String, String> WORDS = Map.of(
            CURSOR,
            "Of an earlier page (`nextCursor`): asks for what follows it. Left out: from the start.",
            "limit",
            "At most so many items.",
            "companyId",
            "Of a company that the caller may see; another's is 404.");

    private Asked() {}

    /** Headers that every client sends by itself are nothing that a caller decides. */
    static void describe(Operation operation, Described said) {
        if (operation.getParameters() == null) {
            return;
        }
        operation.setParameters(operation.getParameters().stream()
                .filter(parameter -> !isSentAnyway(parameter))
                .map(parameter -> described(parameter, said))
                .toList());
    }

    /** As it was read, before {@link #describe} puts references in the place of headers. */
    static boolean has(Operation operation, String name) {
        return parameter(operation, name).isPresent();
    }

    static boolean hasQuery(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(parameter -> parameter.getIn() == Parameter.In.QUERY);
    }

    private static Optional<Parameter> parameter(Operation operation, String name) {
        return operation.getParameters() == null
                ? Optional.empty()
                : operation.getParameters().stream()
                        .filter(parameter -> name.equals(parameter.getName()))
                        .findFirst();
    }

    private static boolean isSentAnyway(Parameter parameter) {
        return List.of("User-Agent", "Origin", "Content-Type").contains(String.valueOf(parameter.getName()));
    }

    private static Parameter described(Parameter parameter, Described said) {
        String name = String.valueOf(parameter.getName());
        return switch (name) {
            case IDEMPOTENCY_KEY -> OASFactory.createParameter().ref(PARAMETERS + IDEMPOTENCY_KEY);
            case IF_MATCH ->
                OASFactory.createParameter().ref(PARAMETERS + IF_MATCH + (said.isLoose() ? "-or-any" : ""));
            default -> {
                if (parameter.getDescription() == null && WORDS.containsKey(name)) {
                    parameter.setDescription(WORDS.get(name));
                }
                if (parameter.getSchema() != null) {
                    Patterns.ofTheWhole(parameter.getSchema());
                }
                yield parameter;
            }
        };
    }
}
