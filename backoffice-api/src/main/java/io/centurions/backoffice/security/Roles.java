package io.centurions.backoffice.security;

/** The roles of people, as they stand in tokens. */
public final class Roles {

    /** The holding's owner: everything. */
    public static final String SUPER_ADMIN = "super_admin";

    /** The holding's administration: everything. */
    public static final String BACKOFFICE_ADMIN = "backoffice_admin";

    /** Watches conversations of all companies and takes them over. */
    public static final String AI_SUPERVISOR = "ai_supervisor";

    /** Administers one company: the one in the token. */
    public static final String COMPANY_ADMIN = "company_admin";

    private Roles() {}
}
