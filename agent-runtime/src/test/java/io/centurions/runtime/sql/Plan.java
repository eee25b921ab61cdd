package io.centurions.runtime.sql;

import io.centurions.runtime.sql.ConversationDatabase.Company;

/** What the holding has decided that a company may use, and what is counted of it. */
record Plan(ConversationDatabase database, Company company) {

    /** @param most null: no limit */
    void limit(String what, Integer most, String then) {
        limits("{\"%s\": {\"most\": %s, \"then\": \"%s\"}}".formatted(what, most, then));
    }

    void limits(String json) {
        database.admin("""
                INSERT INTO core.company_plans (company_id, limits, version) VALUES (?, ?::jsonb, 1)
                    ON CONFLICT (company_id) DO UPDATE SET plan_id = NULL, limits = excluded.limits
                """, company.id(), json);
    }

    /** In March 2026, when every test begins. */
    long used(String what) {
        return used(what, "2026-03-01");
    }

    long used(String what, String month) {
        return database.count(
                "SELECT coalesce(sum(used), 0) FROM core.usage_months WHERE company_id = ? AND what = ? AND month = ?::date",
                company.id(),
                what,
                month);
    }

    /** Leads who wait for room. */
    long waiting() {
        return database.count(
                "SELECT count(*) FROM core.leads WHERE company_id = ? AND over_plan_at IS NOT NULL", company.id());
    }

    /** Conversations in a state that are held for a limit. */
    long held(String what, String state) {
        return database.count(
                "SELECT count(*) FROM core.conversations WHERE company_id = ? AND held_for = ? AND state = ?"
                        + " AND turn_due_at IS NULL",
                company.id(),
                what,
                state);
    }

    long due() {
        return database.count(
                "SELECT count(*) FROM core.conversations WHERE company_id = ? AND state = 'ai' AND held_for IS NULL"
                        + " AND turn_due_at IS NOT NULL",
                company.id());
    }
}
