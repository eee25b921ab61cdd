package io.centurions.evolution.delivery;

import io.centurions.contracts.id.CompanyId;
import java.util.UUID;

/**
 * A conversation that is ours to deliver for a while.
 *
 * @param chatRef where it goes
 * @param fence   grows with each claim; whoever comes with an older one has lost it
 */
record Delivery(CompanyId company, UUID conversation, UUID instance, String chatRef, long fence) {

    Delivery under(long newerFence) {
        return new Delivery(company, conversation, instance, chatRef, newerFence);
    }

    @Override
    public String toString() {
        return "Delivery[" + conversation + "]";
    }
}
