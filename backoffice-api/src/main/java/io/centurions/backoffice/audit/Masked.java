package io.centurions.backoffice.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What may be kept for years of a thing that was changed: everything but what is secret or a person's by the
 * name of its field, with all that stands in it. A name or a title is a person's where it stands beside an
 * address of theirs, or in what belongs to a lead.
 */
final class Masked {

    private static final TextNode BLOT = TextNode.valueOf("[redacted]");

    private static final Pattern SECRET =
            Pattern.compile(".*(password|passwd|secret|token|apikey|authorization|cookie|credential|sealed|hash)s?");
    private static final Pattern REFERENCE = Pattern.compile("(env|file|vault):\\S+");

    private static final Pattern PERSONAL =
            Pattern.compile("(email|phone|cpf|cnpj|document|contactname|leadname|birthdate|chatref)s?");
    private static final List<String> NAMES = List.of("name", "title", "summary");
    private static final List<String> OF_A_PERSON = List.of("email", "phone", "leadid", "coreleadid");

    private Masked() {}

    static JsonNode of(JsonNode state) {
        return switch (state) {
            case ObjectNode object -> object(object);
            case ArrayNode array -> each(array, Masked::of);
            default -> state;
        };
    }

    private static ObjectNode object(ObjectNode object) {
        boolean ofAPerson = object.properties().stream()
                .anyMatch(field -> OF_A_PERSON.contains(plain(field.getKey()))
                        && !field.getValue().isNull());
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (var field : object.properties()) {
            String name = plain(field.getKey());
            if (SECRET.matcher(name).matches()) {
                kept.set(field.getKey(), without(field.getValue(), Masked::isSecret));
            } else if (PERSONAL.matcher(name).matches() || ofAPerson && NAMES.contains(name)) {
                kept.set(field.getKey(), without(field.getValue(), value -> value.isTextual() || value.isNumber()));
            } else {
                kept.set(field.getKey(), of(field.getValue()));
            }
        }
        return kept;
    }

    // A list of tokens is as secret as one of them.
    private static JsonNode without(JsonNode state, Predicate<JsonNode> hidden) {
        return switch (state) {
            case ObjectNode object -> {
                ObjectNode kept = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(field -> kept.set(field.getKey(), without(field.getValue(), hidden)));
                yield kept;
            }
            case ArrayNode array -> each(array, item -> without(item, hidden));
            default -> hidden.test(state) ? BLOT : state;
        };
    }

    private static ArrayNode each(ArrayNode array, UnaryOperator<JsonNode> masked) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        array.forEach(item -> kept.add(masked.apply(item)));
        return kept;
    }

    // A reference tells where a secret is, which is what the trail is for; a number is a limit or a count.
    private static boolean isSecret(JsonNode value) {
        return value.isTextual() && !REFERENCE.matcher(value.textValue()).matches();
    }

    // access_token, accessToken and Access-Token are the same.
    private static String plain(String field) {
        return field.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
    }
}
