package io.centurions.backoffice.provisioning;

import io.vertx.pgclient.PgException;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Why PostgreSQL refused to make or change a schema, fit to be stored and shown: names of objects, never a
 * value of somebody's row.
 *
 * @param sqlState five characters, by which operators look it up
 * @param text     the server's own sentence where sentences of that class name objects only, else the objects
 *         it names
 */
public record Refusal(String sqlState, String text) {

    // Missing privileges and violated constraints, dependent objects, transactions, syntax and names,
    // resources, limits, states. Left out above all: 22, whose sentences quote the value, and P0, whose
    // sentences are written by anybody.
    private static final Set<String> NAME_OBJECTS_ONLY =
            Set.of("23", "25", "2B", "3F", "40", "42", "53", "54", "55", "57");
    private static final int LONGEST = 300;

    public static Refusal of(PgException refused) {
        String state = String.valueOf(refused.getSqlState());
        String told = state.length() == 5 && NAME_OBJECTS_ONLY.contains(state.substring(0, 2))
                ? String.valueOf(refused.getErrorMessage())
                : objects(refused);
        return new Refusal(state, told.length() > LONGEST ? told.substring(0, LONGEST) : told);
    }

    /** Deadlock or serialisation: the same may do the next time. */
    public boolean isPassing() {
        return sqlState.startsWith("40");
    }

    @Override
    public String toString() {
        return "SQLSTATE " + sqlState + (text.isEmpty() ? "" : ", " + text);
    }

    private static String objects(PgException refused) {
        StringJoiner objects = new StringJoiner(", ");
        name(objects, "schema", refused.getSchema());
        name(objects, "table", refused.getTable());
        name(objects, "column", refused.getColumn());
        name(objects, "type", refused.getDataType());
        name(objects, "constraint", refused.getConstraint());
        return objects.toString();
    }

    private static void name(StringJoiner objects, String kind, String name) {
        if (name != null && !name.isBlank()) {
            objects.add(kind + " " + name);
        }
    }
}
