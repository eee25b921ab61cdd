package io.centurions.runtime.intake;

import io.vertx.pgclient.PgException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Stores a batch, and when the database refuses it, each thing by itself, so that one bad thing takes no other with it. What can
 * never be stored is told from what only met another transaction.
 */
final class OneByOne {

    // Besides class 22, which is about values: a missing or forbidden value, and one that is too large for an index.
    private static final Set<String> NEVER = Set.of("23502", "23514", "54000");
    private static final Set<String> DEADLOCK = Set.of("40P01", "40001");
    // Somebody else made, or removed, the row that we looked for: the next look finds it as it is now.
    private static final Set<String> OVERTAKEN = Set.of("23505", "P0002");
    private static final int TRIES = 5;

    private OneByOne() {}

    /** @throws RuntimeException when nothing is wrong with the things themselves and the provider must repeat */
    static List<Stored> ifRefusedTogether(List<Arrived> arrived, Function<List<Arrived>, List<Stored>> store) {
        try {
            return store.apply(arrived);
        } catch (RuntimeException failure) {
            if (!isNever(failure) && !is(DEADLOCK, failure) && !is(OVERTAKEN, failure)) {
                throw failure;
            }
            return arrived.stream().map(each -> alone(each, store)).toList();
        }
    }

    private static Stored alone(Arrived arrived, Function<List<Arrived>, List<Stored>> store) {
        for (int attempt = 1; ; attempt++) {
            try {
                return store.apply(List.of(arrived)).getFirst();
            } catch (RuntimeException failure) {
                boolean last = attempt == TRIES;
                // Overtaken each time, by nobody: its own words do that, and they will not change.
                if (isNever(failure) || last && is(OVERTAKEN, failure)) {
                    return new Stored(Stored.UNSTORABLE);
                }
                if (last || !is(DEADLOCK, failure) && !is(OVERTAKEN, failure)) {
                    throw failure;
                }
            }
        }
    }

    private static boolean isNever(Throwable failure) {
        String state = sqlState(failure);
        return state.startsWith("22") || NEVER.contains(state);
    }

    private static boolean is(Set<String> states, Throwable failure) {
        return states.contains(sqlState(failure));
    }

    private static String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException refused) {
                return String.valueOf(refused.getSqlState());
            }
        }
        return "";
    }
}
