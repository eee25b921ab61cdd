package io.centurions.contracts.lead;

/** What brought the lead; decides the names under which conversions are reported. */
public enum LeadSource {
    WHATSAPP,
    WHATSAPP_AD,
    INSTAGRAM,
    TELEGRAM,
    FORM,
    OTHER
}
