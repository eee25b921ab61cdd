package io.centurions.platform.problem;

import com.fasterxml.jackson.databind.JsonMappingException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.UUID;

/**
 * Where in a request something is wrong, in the caller's words: a JSON field such as {@code config.model.apiKey} or
 * {@code ids[0]}, a query parameter, or the body. Says nothing of our methods and types.
 */
final class Place {

    private final StringBuilder path = new StringBuilder();

    private Place() {}

    static String of(ConstraintViolation<?> violation) {
        Place place = new Place();
        String parameter = "body";
        for (Path.Node node : violation.getPropertyPath()) {
            place.within(node.getIndex(), node.getKey());
            if (node.getKind() == ElementKind.PARAMETER && isBare(violation.getInvalidValue())) {
                parameter = node.getName();
            } else if (node.getKind() == ElementKind.PROPERTY) {
                place.field(node.getName());
            }
        }
        return place.orElse(parameter);
    }

    /** Empty for the body as a whole. */
    static String of(JsonMappingException malformed) {
        Place place = new Place();
        for (JsonMappingException.Reference reference : malformed.getPath()) {
            if (reference.getFieldName() == null) {
                place.within(reference.getIndex(), null);
            } else {
                place.field(reference.getFieldName());
            }
        }
        return place.orElse("");
    }

    // What is wrong as a whole and is a bare value came in the query, under the parameter's name; a body never is one.
    private static boolean isBare(Object value) {
        return value instanceof CharSequence || value instanceof Number || value instanceof UUID;
    }

    private void field(String name) {
        path.append(path.isEmpty() ? "" : ".").append(name);
    }

    private void within(Integer index, Object key) {
        if (index != null) {
            path.append('[').append(index).append(']');
        } else if (key != null) {
            field(key.toString());
        }
    }

    private String orElse(String whole) {
        return path.isEmpty() ? whole : path.toString();
    }
}
