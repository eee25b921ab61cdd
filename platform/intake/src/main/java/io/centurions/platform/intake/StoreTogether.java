package io.centurions.platform.intake;

import java.util.List;

/** Stores webhooks and all their items in one transaction. */
@FunctionalInterface
interface StoreTogether {

    /**
     * All or nothing.
     *
     * @return one outcome per item, in the order of the webhooks and their items
     */
    List<Outcome> store(List<Waiting> fold);
}
