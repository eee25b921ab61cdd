package io.centurions.runtime.intake;

/** A genuine body that we cannot make sense of: it is kept raw for a person, and the provider is told that all is well. */
public final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param reason what is wrong with the shape; nothing of the content */
    public Unreadable(String reason) {
        super(reason);
    }
}
