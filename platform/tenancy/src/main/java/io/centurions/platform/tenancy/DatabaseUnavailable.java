package io.centurions.platform.tenancy;

/** PostgreSQL could not be reached or is refusing work; nothing was committed by this call. Worth repeating later. */
public class DatabaseUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseUnavailable(String tried, Throwable cause) {
        super(tried, cause);
    }
}
