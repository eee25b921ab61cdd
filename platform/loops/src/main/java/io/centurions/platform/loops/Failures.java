package io.centurions.platform.loops;

import java.util.function.Predicate;

/** What may be logged of a failure: its kind and where it happened. Messages of drivers and models quote what people wrote. */
public final class Failures {

    private static final String OURS = "io.centurions.";
    private static final String PLATFORM = "io.centurions.platform.";

    private Failures() {}

    /** For example {@code PgException in io.centurions.runtime.closure.CommitTurn.answer:71}. */
    public static String place(Throwable failure) {
        String place = firstFrame(failure, name -> name.startsWith(OURS) && !name.startsWith(PLATFORM));
        if (place.isEmpty()) {
            place = firstFrame(failure, name -> name.startsWith(OURS));
        }
        return kinds(failure) + place;
    }

    private static String firstFrame(Throwable failure, Predicate<String> wanted) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (StackTraceElement frame : cause.getStackTrace()) {
                if (wanted.test(frame.getClassName())) {
                    return " in " + frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber();
                }
            }
        }
        return "";
    }

    private static String kinds(Throwable failure) {
        var kinds = new StringBuilder(failure.getClass().getSimpleName());
        for (Throwable cause = failure.getCause();
                cause != null && cause.getCause() != cause;
                cause = cause.getCause()) {
            kinds.append(" < ").append(cause.getClass().getSimpleName());
        }
        return kinds.toString();
    }
}
