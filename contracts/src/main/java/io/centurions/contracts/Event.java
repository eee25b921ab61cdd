package io.centurions.contracts;

import io.centurions.contracts.id.Id;

/**
 * A fact of one company that other services may act on. It carries ids, kinds, numbers and times, never what somebody
 * wrote or who they are: that is read under row-level security, as that company.
 *
 * <p>A record of a version only gains optional components. Anything else is a new version, written beside the old one
 * for a release. Every enum has {@code OTHER}, which stands for a value that a later producer knows and we do not.
 */
public interface Event {

    /** The wire name, also the name of the stream. */
    String type();

    default int version() {
        return 1;
    }

    /** What the fact is about; events of one subject are handled one at a time within a replica. */
    Id subject();

    /**
     * Grows with each event of the subject where such a number exists, else 0. Streams promise no order: compare it.
     */
    default long seq() {
        return 0;
    }
}
