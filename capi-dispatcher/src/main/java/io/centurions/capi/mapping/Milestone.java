package io.centurions.capi.mapping;

import java.util.Locale;

/** How far a lead has come, as far as Meta is concerned. A lead reaches the first two once, the last once per deal. */
public enum Milestone {
    LEAD,
    QUALIFIED,
    PURCHASE;

    /** As the ledger spells it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Milestone of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
