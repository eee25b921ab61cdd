package io.centurions.capi.mapping;

import java.util.Locale;

/** Where Meta is told that a conversion took place; decides what the event must carry. */
public enum ActionSource {
    /** A chat that an ad opened: needs the click of the ad and the business account or page. */
    BUSINESS_MESSAGING,
    /** A web form: needs its address and the visitor's browser. */
    WEBSITE,
    /** Our own records: needs nothing but the person. */
    SYSTEM_GENERATED;

    /** As Meta and the ledger spell it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ActionSource of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
