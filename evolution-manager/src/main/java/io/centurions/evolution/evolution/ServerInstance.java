package io.centurions.evolution.evolution;

import io.centurions.contracts.id.CompanyId;

/**
 * An instance as the server knows it, and whose it is.
 *
 * @param name under which the server keeps it
 */
public record ServerInstance(CompanyId company, String name) {

    /** As the last segment of a path. */
    String segment() {
        return "/" + EvolutionHttp.segment(name);
    }
}
