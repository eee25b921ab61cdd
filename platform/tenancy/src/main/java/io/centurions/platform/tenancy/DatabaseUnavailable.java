package io.centurions.platform.tenancy;

/**
 * PostgreSQL could not be reached, was too slow or is refusing work. Worth repeating later: nothing was committed by this
 * call, but for a commit whose answer was lost – which is why every effect has a key that makes its repeat harmless.
 */
public class DatabaseUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DatabaseUnavailable(String tried, Throwable cause) {
        super(tried, cause);
    }
}
