package io.centurions.backoffice.security;

import java.util.List;

/** The roles of people, as they stand in tokens. What each may do is written in {@code role-matrix.txt}. */
public final class Roles {

    /** The holding's owner: everything. */
    public static final String SUPER_ADMIN = "super_admin";

    /** The holding's administration: everything but the holding's own people and the rotation of secrets. */
    public static final String BACKOFFICE_ADMIN = "backoffice_admin";

    /** Reads all companies, takes conversations over and gives them back. */
    public static final String AI_SUPERVISOR = "ai_supervisor";

    /** Administers one company: the one in the token. */
    public static final String COMPANY_ADMIN = "company_admin";

    /**
     * Pixels, forms and conversions: of one company, or of all where the holding's list of people says so.
     */
    public static final String MARKETING_ADMIN = "marketing_admin";

    /** Sells in one company: its leads, conversations and deals. */
    public static final String CRM_USER = "crm_user";

    /**
     * All, the widest first. A person has one: where a token names several, the first of these counts alone.
     */
    public static final List<String> ALL =
            List.of(SUPER_ADMIN, BACKOFFICE_ADMIN, AI_SUPERVISOR, COMPANY_ADMIN, MARKETING_ADMIN, CRM_USER);

    /** Those that a token alone makes the holding's. */
    static final List<String> HOLDING = List.of(SUPER_ADMIN, BACKOFFICE_ADMIN, AI_SUPERVISOR);

    /** Those that a company can give to its people. */
    static final List<String> COMPANY = List.of(COMPANY_ADMIN, MARKETING_ADMIN, CRM_USER);

    private Roles() {}
}
