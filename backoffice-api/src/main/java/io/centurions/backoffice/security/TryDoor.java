package io.centurions.backoffice.security;

import io.centurions.platform.problem.Problem;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import java.util.List;
import java.util.UUID;

/**
 * Knocks at the door as an administrator of one company would, without a token: for the probe that tries
 * other companies' doors. Nobody else has a use for it; it reads nothing.
 */
@ApplicationScoped
public class TryDoor {

    private static final String NOBODY = "isolation-probe";

    private final CompanyDoor door;
    private final CurrentIdentityAssociation identity;

    TryDoor(CompanyDoor door, CurrentIdentityAssociation identity) {
        this.door = door;
        this.identity = identity;
    }

    /** Whether somebody who belongs to one company is let into a company. */
    @ActivateRequestContext
    public boolean lets(UUID own, UUID company) {
        SecurityIdentity before = identity.getIdentity();
        identity.setIdentity(administratorOf(own));
        try {
            return door.enter(company, tx -> true);
        } catch (Problem notFound) {
            return false;
        } finally {
            identity.setIdentity(before);
        }
    }

    private static SecurityIdentity administratorOf(UUID company) {
        var claims = new Claims(NOBODY, Roles.COMPANY_ADMIN, company, List.of(), null, false);
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(NOBODY))
                .addRole(Roles.COMPANY_ADMIN)
                .addAttribute(Standing.ATTRIBUTE, new Standing(claims, Roles.COMPANY_ADMIN, company, false))
                .build();
    }
}
