package io.centurions.chaos.world;

/** A call that was not answered with 2xx. In this run that is daily life: who asks decides whether to ask again. */
public final class NoAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status 0 for none at all */
    public NoAnswer(String message, int status, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** Whether the same call will be refused again. */
    public boolean isFinal() {
        return status >= 400 && status < 500 && status != 404 && status != 409 && status != 429;
    }
}
