package io.centurions.local.place;

/** Something the person at the terminal can put right. The message is the one line that says what to do; no stack trace is shown. */
public final class Trouble extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Trouble(String line) {
        super(line);
    }

    public Trouble(String line, Throwable cause) {
        super(line, cause);
    }
}
