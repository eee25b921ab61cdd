package io.centurions.backoffice.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/**
 * Where the issuer writes what we need to know of a person. Each is a list of paths, see {@link ClaimPath};
 * the first that holds something usable counts. Nobody but the issuer may be able to write there.
 */
@ConfigMapping(prefix = "centurions.claims")
interface ClaimsConfig {

    /**
     * The role. Keycloak: realm_access.roles, or resource_access.&lt;client&gt;.roles. The rest of such a
     * list is ignored.
     */
    @WithDefault("app_role,role,app_metadata.app_role,app_metadata.role")
    List<String> role();

    /** The company's id. */
    @WithDefault("company_id,app_metadata.company_id")
    List<String> company();

    /** Permissions, shown to the person's own front; no endpoint of ours depends on them. */
    @WithDefault("permissions,app_metadata.permissions")
    List<String> permissions();

    /** Whether the address in {@code email} is the person's: true or false. */
    @WithDefault("email_verified,app_metadata.email_verified")
    List<String> emailVerified();

    /**
     * The issuer gives no token before an address is confirmed, and does not say so in the token (Supabase
     * Auth with confirmed sign-up). False: an invitation is accepted only with a token that says it.
     */
    @WithDefault("false")
    boolean emailsAreVerified();
}
