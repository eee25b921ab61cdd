package io.centurions.backoffice.lead;

/** Who waits for a person because the company's plan has no room. */
public final class LeadsWaiting {

    /**
     * The ids of all of them, each once: who has no place in the month, and in whose conversation no model may be
     * paid. {@code $1} is the company. By leads_over_plan_idx and conversations_held_idx: a handful beside all leads.
     */
    public static final String IDS = """
            SELECT o.id FROM core.leads o WHERE o.company_id = $1 AND o.over_plan_at IS NOT NULL
             UNION
            SELECT c.lead_id FROM core.conversations c WHERE c.company_id = $1 AND c.held_for IS NOT NULL
            """;

    private LeadsWaiting() {}
}
