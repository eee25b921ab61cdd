package io.centurions.backoffice.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.platform.problem.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/**
 * What a lead answered to the form's own questions, as text.
 *
 * @param given  by the name of the field; what was left empty is not there
 * @param errors one for each field whose answer cannot be taken
 */
record FormAnswers(ObjectNode given, List<FieldError> errors) {

    private static final int CHOSEN_MOST = 50;

    static FormAnswers of(JsonNode body, List<FormField> fields) {
        FormAnswers answers = new FormAnswers(JsonNodeFactory.instance.objectNode(), new ArrayList<>());
        fields.forEach(field -> answers.read(field, said(body.path(field.name()))));
        return answers;
    }

    private void read(FormField field, List<String> said) {
        if (said.isEmpty()) {
            if (field.required()) {
                errors.add(new FieldError(field.name(), "is required"));
            }
            return;
        }
        field.wrongWith(said)
                .ifPresentOrElse(
                        wrong -> errors.add(new FieldError(field.name(), wrong)), () -> keep(field.name(), said));
    }

    private void keep(String name, List<String> said) {
        if (said.size() == 1) {
            given.put(name, said.getFirst());
            return;
        }
        ArrayNode several = given.putArray(name);
        said.forEach(several::add);
    }

    private static List<String> said(JsonNode sent) {
        Iterable<JsonNode> parts = sent.isArray() ? sent : List.of(sent);
        return StreamSupport.stream(parts.spliterator(), false)
                .limit(CHOSEN_MOST)
                .map(FormLead::text)
                .filter(Objects::nonNull)
                .toList();
    }
}
