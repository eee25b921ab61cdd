package io.centurions.platform.intake;

import io.centurions.platform.tenancy.DatabaseUnavailable;
import java.util.function.Supplier;

/** A statement by itself, tried again while it only meets other transactions. */
final class Tries {

    private static final int MOST = 5;

    private Tries() {}

    /**
     * What the statement answers.
     *
     * @param never stands for it when what is in the statement can never be stored
     */
    static <T> T of(Supplier<T> statement, T never) {
        RuntimeException last = null;
        for (int attempt = 1; attempt <= MOST; attempt++) {
            try {
                return statement.get();
            } catch (RuntimeException failure) {
                last = failure;
                switch (Refusal.of(failure)) {
                    case NEVER -> {
                        return never;
                    }
                    case OVERTAKEN, DEADLOCK -> {}
                    default -> throw failure;
                }
            }
        }
        if (Refusal.of(last) == Refusal.OVERTAKEN) {
            return never;
        }
        throw new DatabaseUnavailable("lost a race for the same rows " + MOST + " times", last);
    }
}
