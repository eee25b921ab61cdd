package io.centurions.runtime.loop;

/** What may be logged of a failure: its kind and where it happened. Messages of drivers and models quote what people wrote. */
public final class Failures {

    private Failures() {}

    /** For example {@code PgException in io.centurions.runtime.closure.CommitTurn.answer:71}. */
    public static String place(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (StackTraceElement frame : cause.getStackTrace()) {
                if (frame.getClassName().startsWith("io.centurions.runtime")) {
                    return kinds(failure) + " in " + frame.getClassName() + "." + frame.getMethodName() + ":"
                            + frame.getLineNumber();
                }
            }
        }
        return kinds(failure);
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
