package io.centurions.backoffice.security;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.centurions.backoffice.issuer.Account;
import io.centurions.backoffice.issuer.WithIssuer;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SilentKeysIT.IssuerOfItsOwn.class)
@WithPostgresAndRedis
@WithIssuer(value = WithIssuer.Product.KEYCLOAK, keysSilentAtStart = true)
class SilentKeysIT {

    /** It gives no keys at first, which other classes must not notice. */
    public static class IssuerOfItsOwn implements QuarkusTestProfile {}

    private final Account bia = Account.named("bia");

    @Test
    void we_start_while_the_issuer_gives_no_keys_and_believe_tokens_once_it_does() {
        me(503);

        Account.issuerAnswers();

        await().atMost(20, SECONDS).untilAsserted(() -> me(200));
    }

    private void me(int status) {
        bia.viaKeycloak("super_admin", null).get("/v1/me").then().statusCode(status);
    }
}
