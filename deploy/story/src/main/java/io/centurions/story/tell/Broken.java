package io.centurions.story.tell;

/** What the story promised did not happen. The message says what was expected and what was seen instead. */
public final class Broken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Broken(String message) {
        super(message);
    }

    public Broken(String message, Throwable cause) {
        super(message, cause);
    }

    /** Breaks the story unless the promise is kept. */
    public static void unless(boolean kept, String message) {
        if (!kept) {
            throw new Broken(message);
        }
    }
}
