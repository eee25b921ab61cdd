package io.centurions.backoffice.parked;

import com.fasterxml.jackson.annotation.JsonValue;
import io.centurions.platform.problem.Problem;
import java.time.Duration;

/** How the attempt to settle one parked thing ended. */
public enum Settling {
    REPROCESSED("reprocessed"),
    DISCARDED("discarded"),
    ALREADY_SETTLED("already-settled"),
    NOT_REPROCESSABLE("not-reprocessable"),
    NOT_FOUND("not-found"),
    /** Nothing was done; the same request may do later. */
    UNAVAILABLE("unavailable");

    private final String code;

    Settling(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }

    /** Of a database function's answer. */
    static Settling of(String outcome) {
        return switch (outcome) {
            case "reprocessed" -> REPROCESSED;
            case "discarded" -> DISCARDED;
            case "settled" -> ALREADY_SETTLED;
            case "unreadable" -> NOT_REPROCESSABLE;
            case "unknown" -> NOT_FOUND;
            default -> throw new IllegalStateException("a parked thing was settled as " + outcome);
        };
    }

    /** Goes on when it ended as wished; otherwise the caller is told why not. */
    void orRefuse(Settling wished, String what) {
        if (this == wished) {
            return;
        }
        throw switch (this) {
            case NOT_FOUND -> Problem.notFound(what);
            case UNAVAILABLE ->
                Problem.unavailable(
                        "its service or the storage did not answer, nothing is lost by repeating",
                        Duration.ofSeconds(5));
            case NOT_REPROCESSABLE ->
                Problem.conflict("not-reprocessable", "it cannot be handled as it is: mend its reason, or discard it");
            default -> Problem.conflict("already-settled", "it was reprocessed or discarded before");
        };
    }
}
