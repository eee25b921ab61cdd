package io.centurions.runtime.intake;

/**
 * What became of one thing that arrived.
 *
 * @param outcome {@code stored duplicate unknown_instance deleted_instance applied kept ignored}, or {@link #UNSTORABLE}
 */
public record Stored(String outcome) {

    /** The database refuses this one for what is in it, and always will. */
    public static final String UNSTORABLE = "unstorable";

    public boolean unstorable() {
        return UNSTORABLE.equals(outcome);
    }
}
