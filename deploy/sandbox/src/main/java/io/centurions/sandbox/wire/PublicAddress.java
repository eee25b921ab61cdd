package io.centurions.sandbox.wire;

/** Where the sandbox is reached from outside; with port 0 it is known only once the server listens. */
public final class PublicAddress {

    private String base;

    public void is(String address) {
        base = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    /** Scheme, host and port, without a slash at the end. */
    public String base() {
        if (base == null) {
            throw new IllegalStateException("the sandbox does not listen yet");
        }
        return base;
    }
}
