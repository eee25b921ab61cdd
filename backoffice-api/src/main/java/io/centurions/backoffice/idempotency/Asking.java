package io.centurions.backoffice.idempotency;

import java.util.UUID;

/**
 * Where a request stands that another service does, outside of our transaction.
 *
 * @param id    of what it made when it is done; else the one under which each repeat asks for it
 * @param fresh whether it is asked for the first time
 * @param done  whether it was done when it came before: only show it
 */
public record Asking(UUID id, boolean fresh, boolean done) {}
