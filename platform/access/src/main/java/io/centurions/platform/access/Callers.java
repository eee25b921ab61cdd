package io.centurions.platform.access;

/**
 * Our services as callers, for the {@code @RolesAllowed} of an internal endpoint: it names each one that may
 * call it. Only a token that was given to that service's own client makes somebody one of them.
 */
public final class Callers {

    /** What people's requests are passed on by. */
    public static final String BACKOFFICE_API = "service:backoffice-api";

    static final String PREFIX = "service:";

    private Callers() {}
}
