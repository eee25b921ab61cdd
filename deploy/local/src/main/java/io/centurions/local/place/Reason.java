package io.centurions.local.place;

import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Why something failed, in words on one line. The system's exceptions often carry only a path or a host and say the reason with their class. */
public final class Reason {

    private Reason() {}

    public static String of(Throwable failure) {
        if (failure instanceof FileSystemException file) {
            String why = file.getReason() == null ? words(file) : file.getReason();
            return file.getFile() == null ? why : why + " (" + file.getFile() + ")";
        }
        if (failure instanceof UnknownHostException) {
            return "unknown host " + failure.getMessage();
        }
        String message = String.valueOf(failure.getMessage());
        return failure.getMessage() == null || message.isBlank()
                ? words(failure)
                : message.strip().lines().findFirst().orElse("");
    }

    /** Of the failure that began it. */
    public static String ofDeepest(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return of(deepest);
    }

    // AccessDeniedException: access denied
    private static String words(Throwable failure) {
        String name = failure.getClass().getSimpleName().replaceFirst("Exception$", "");
        return name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }
}
