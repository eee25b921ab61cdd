package io.centurions.platform.storage;

/**
 * The storage did not do what it was asked, for a reason that passes or that an operator mends; the same may
 * do later.
 */
public class StorageUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what was tried and on what */
    public StorageUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
