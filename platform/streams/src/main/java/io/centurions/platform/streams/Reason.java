package io.centurions.platform.streams;

import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.vertx.pgclient.PgException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why an event failed, in words for whoever finds it parked. A message may quote what a lead wrote: only those of
 * the contract's own checks are told. Of every other failure the kind and the place are, and the log has the rest.
 */
final class Reason {

    private static final String OURS = "io.centurions.";
    private static final String CONTRACT = "io.centurions.contracts.";

    private static final String NO_OBJECT = ": it is no JSON object";

    private Reason() {}

    /** Its payload is not what its record demands. */
    static String unreadable(Class<?> event, Throwable failure) {
        Throwable root = chain(failure).reduce(failure, (outer, cause) -> cause);
        String detail =
                switch (root) {
                    case StreamReadException broken -> ": it is no JSON";
                    case MismatchedInputException other when other.getPath().isEmpty() -> NO_OBJECT;
                    // Read as JSON null: no reader has wrapped it.
                    case NullPointerException absent when absent == failure -> NO_OBJECT;
                    default -> said(root).map(": "::concat).orElse("");
                };
        return "the payload cannot be read as " + event.getSimpleName() + place(failure) + detail;
    }

    /** Its consumer threw. */
    static String failed(Throwable failure) {
        Throwable root = chain(failure).reduce(failure, (outer, cause) -> cause);
        String thrower = chain(root)
                .flatMap(Reason::ourClasses)
                .findFirst()
                .or(() -> ourClasses(failure).findFirst())
                .map(" in "::concat)
                .orElse("");
        return "handling it failed%s: %s; the log says more under its event_id".formatted(thrower, kind(root));
    }

    private static String kind(Throwable root) {
        if (root instanceof PgException refused) {
            String on = refused.getConstraint() == null ? "" : " on " + refused.getConstraint();
            return "PostgreSQL refused a statement (SQLSTATE " + refused.getSqlState() + on + ")";
        }
        return said(root)
                .orElseGet(() -> "an unexpected " + lastOf(root.getClass().getName()));
    }

    // Fields are named by the contract; what stood in them is not told.
    private static String place(Throwable failure) {
        return chain(failure)
                .filter(JsonMappingException.class::isInstance)
                .map(JsonMappingException.class::cast)
                .flatMap(unreadable -> unreadable.getPath().stream())
                .map(JsonMappingException.Reference::getFieldName)
                .filter(field -> field != null)
                .reduce((outer, inner) -> outer + "." + inner)
                .map(", at "::concat)
                .orElse("");
    }

    private static Optional<String> said(Throwable root) {
        StackTraceElement[] frames = root.getStackTrace();
        boolean byTheContract = frames.length > 0 && frames[0].getClassName().startsWith(CONTRACT);
        return byTheContract ? Optional.ofNullable(root.getMessage()) : Optional.empty();
    }

    private static Stream<String> ourClasses(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> name.startsWith(OURS))
                .map(Reason::lastOf);
    }

    private static String lastOf(String className) {
        return className.substring(className.lastIndexOf('.') + 1).replaceFirst("\\$.*", "");
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
