package io.centurions.platform.intake;

import java.util.List;

/** Stores webhooks and all their items in one transaction. */
interface StoreTogether {

    /**
     * All or nothing.
     *
     * @return one outcome per item, in the order of the webhooks and their items
     */
    List<Outcome> store(List<Waiting> fold);

    /**
     * {@link #store} of a single webhook that may wait for its company's rows: all that do so together leave connections to other companies.
     */
    List<Outcome> storeInLine(Waiting waiting);
}
