package io.centurions.runtime.closure;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversationId;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells the loop of due turns that a deadline was set or moved, so that it sleeps no longer than that. */
@ApplicationScoped
public class BurstDeadline {

    private final DueTurns dueTurns;

    BurstDeadline(DueTurns dueTurns) {
        this.dueTurns = dueTurns;
    }

    /** The deadline is in the conversation's row; the next claim reads the earliest of all. Returns at once. */
    public void watch(CompanyId company, ConversationId conversation) {
        dueTurns.learn();
    }

    /** Deadlines of any conversations may have moved. Returns at once. */
    public void look() {
        dueTurns.wake();
    }
}
