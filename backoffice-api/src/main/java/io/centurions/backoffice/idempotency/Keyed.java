package io.centurions.backoffice.idempotency;

/**
 * A POST as it is told from others.
 *
 * @param operation what is done; the same key may stand for something else in another operation
 * @param key       of the header; null or blank: there is none, and every such request is a new one
 * @param request   what was asked, the addressed thing included; another one under the same key is a conflict
 */
public record Keyed(String operation, String key, Object request) {}
