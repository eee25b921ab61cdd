package io.centurions.platform.testkit.isolation;

import java.util.List;
import java.util.UUID;

/**
 * What the attacker's connection claims.
 *
 * @param name    for a reader of the failure
 * @param session what an earlier user left on the connection
 * @param local   what this transaction claims; null: nothing at all
 * @param own     whether the attacker's own rows may be seen with it
 */
record Claims(String name, String session, String local, boolean own) {

    private static final String NOTHING = "";

    /** All that must not open another company's rows. */
    static List<Claims> of(UUID attacker, UUID victim) {
        String own = company(attacker);
        String theirs = company(victim);
        return List.of(
                new Claims("no claims", NOTHING, null, false),
                new Claims("empty claims", NOTHING, "", false),
                new Claims("another company's", NOTHING, own, true),
                new Claims("a company's that does not exist", NOTHING, company(UUID.randomUUID()), false),
                new Claims("no company", NOTHING, "{\"sub\":\"x\",\"app_role\":\"super_admin\"}", false),
                new Claims("company null", NOTHING, "{\"company_id\":null}", false),
                new Claims(
                        "the schema alone",
                        NOTHING,
                        "{\"schema_name\":\"empresa_victim\",\"role\":\"crm_user\"}",
                        false),
                new Claims("what the user wrote about himself", NOTHING, "{\"user_metadata\":" + theirs + "}", false),
                new Claims(
                        "another company's above the victim's",
                        NOTHING,
                        "{\"company_id\":\"" + attacker + "\",\"app_metadata\":" + theirs + "}",
                        true),
                new Claims("no JSON", NOTHING, "company_id=" + victim, false),
                new Claims("a list of claims", NOTHING, "[" + theirs + "]", false),
                new Claims("a list of companies", NOTHING, "{\"company_id\":[\"" + victim + "\"]}", false),
                new Claims("a pattern", NOTHING, "{\"company_id\":\"*\"}", false),
                new Claims("SQL", NOTHING, "{\"company_id\":\"" + victim + "' OR 'a'='a\"}", false),
                new Claims("the victim's left over", theirs, own, true),
                new Claims("the victim's left over and emptied", theirs, "", false),
                new Claims("broken ones left over", "{", own, true));
    }

    static Claims right(UUID company) {
        return new Claims("its own", NOTHING, company(company), true);
    }

    /** One that binds to the attacker: whatever else gets through does so past the lock. */
    static Claims wrong(UUID attacker) {
        return new Claims("another company's", NOTHING, company(attacker), true);
    }

    private static String company(UUID company) {
        return "{\"company_id\":\"" + company + "\"}";
    }
}
