package io.centurions.platform.problem;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads query parameters that are no texts. One that cannot be read is 400 and named, where JAX-RS would say 404; a path
 * that cannot be read stays 404, for there is nothing. A type that is not listed here ends the start of the service.
 */
@Provider
public class QueryParameters implements ParamConverterProvider {

    private static final Kind NUMBER = new Kind("must be a whole number", Integer::valueOf);
    private static final Map<Class<?>, Kind> KINDS = Map.of(
            boolean.class,
            new Kind("must be true or false", QueryParameters::yes),
            int.class,
            NUMBER,
            Integer.class,
            NUMBER,
            UUID.class,
            new Kind("must be a UUID", UUID::fromString),
            OffsetDateTime.class,
            new Kind("must be a time such as 2026-11-20T12:00:00Z", OffsetDateTime::parse));

    private record Kind(String demand, Function<String, Object> read) {}

    // Whatever else it says is a mistake, and not a no.
    private static boolean yes(String given) {
        if (!given.equals("true") && !given.equals("false")) {
            throw new IllegalArgumentException("neither true nor false");
        }
        return given.equals("true");
    }

    @Override
    public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        return Arrays.stream(annotations)
                .filter(annotation -> annotation instanceof QueryParam && type != String.class)
                .map(annotation -> new Reading<T>(((QueryParam) annotation).value(), kindOf(type)))
                .findFirst()
                .orElse(null);
    }

    private static Kind kindOf(Class<?> type) {
        if (!KINDS.containsKey(type)) {
            throw new IllegalStateException("no way to read a query parameter as " + type.getName());
        }
        return KINDS.get(type);
    }

    private record Reading<T>(String name, Kind kind) implements ParamConverter<T> {

        @Override
        @SuppressWarnings("unchecked")
        public T fromString(String given) {
            try {
                return (T) kind.read().apply(given);
            } catch (IllegalArgumentException | DateTimeParseException e) {
                throw Problem.invalid(List.of(new Problem.FieldError(name, kind.demand())));
            }
        }

        @Override
        public String toString(T value) {
            return String.valueOf(value);
        }
    }
}
