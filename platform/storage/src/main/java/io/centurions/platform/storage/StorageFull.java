package io.centurions.platform.storage;

/** There is no room for more. What is there can be read and deleted. */
public final class StorageFull extends StorageUnavailable {

    private static final long serialVersionUID = 1L;

    public StorageFull(String message, Throwable cause) {
        super(message, cause);
    }
}
