package io.centurions.runtime.understand;

/** A file is longer than was wanted of it. */
public final class TooLong extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooLong() {
        super("too_long", null, false, false);
    }
}
