package io.centurions.backoffice.issuer;

import io.quarkus.test.common.QuarkusTestResource;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives the application under test an OpenID issuer whose tokens the test signs itself, in the shape of
 * a product.
 */
@QuarkusTestResource(TestIssuer.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WithIssuer {

    Product value();

    /** It answers nothing until {@link Account#issuerAnswers()}. */
    boolean silentAtStart() default false;

    /** It gives its document and no keys until {@link Account#issuerAnswers()}. */
    boolean keysSilentAtStart() default false;

    /** Whose addresses, audience and claims. */
    enum Product {
        KEYCLOAK(
                "/realms/centurions",
                "/protocol/openid-connect/certs",
                "/protocol/openid-connect/token",
                "centurions",
                "realm_access/roles"),
        SUPABASE(
                "/auth/v1",
                "/.well-known/jwks.json",
                "/oauth/token",
                "authenticated",
                "app_role,role,app_metadata.app_role");

        final String path;
        final String keys;
        final String token;
        final String audience;
        final String roleClaim;

        Product(String path, String keys, String token, String audience, String roleClaim) {
            this.path = path;
            this.keys = keys;
            this.token = token;
            this.audience = audience;
            this.roleClaim = roleClaim;
        }
    }
}
