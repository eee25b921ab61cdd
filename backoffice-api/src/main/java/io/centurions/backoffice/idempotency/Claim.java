package io.centurions.backoffice.idempotency;

import java.util.UUID;

/**
 * Which thing a request makes.
 *
 * @param id    of the thing: a new one, or the one that the first request with this key made
 * @param fresh false when it exists already: only show it
 */
public record Claim(UUID id, boolean fresh) {}
