package io.centurions.capi.mapping;

/**
 * What brought a lead, as far as the names of its conversions go. For chats that an ad opened Meta takes only names out
 * of a list (anything else is error 100, subcode 2804066); for the others the standard names of the web and of a CRM.
 */
public enum Origin {
    WHATSAPP_AD("LeadSubmitted", "QualifiedLead"),
    WEB_FORM("Lead", "CompleteRegistration"),
    ELSEWHERE("Lead", "QualifiedLead");

    private final String lead;
    private final String qualified;

    Origin(String lead, String qualified) {
        this.lead = lead;
        this.qualified = qualified;
    }

    static Origin of(Lead lead) {
        return switch (lead.source()) {
            // The click counts: a chat without one cannot be matched to an ad, whatever the lead is called.
            case WHATSAPP, WHATSAPP_AD -> lead.click().ctwaClid() == null ? ELSEWHERE : WHATSAPP_AD;
            case FORM -> WEB_FORM;
            case INSTAGRAM, TELEGRAM, OTHER -> ELSEWHERE;
        };
    }

    String nameOf(Milestone milestone) {
        return switch (milestone) {
            case LEAD -> lead;
            case QUALIFIED -> qualified;
            case PURCHASE -> "Purchase";
        };
    }
}
