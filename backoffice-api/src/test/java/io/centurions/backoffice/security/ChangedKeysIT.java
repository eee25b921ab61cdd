package io.centurions.backoffice.security;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.lessThan;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.issuer.Account;
import io.centurions.backoffice.issuer.SigningKeys;
import io.centurions.backoffice.issuer.WithIssuer;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ChangedKeysIT.IssuerOfItsOwn.class)
@WithPostgresAndRedis
@WithIssuer(WithIssuer.Product.KEYCLOAK)
class ChangedKeysIT {

    /** Its keys change, which other classes must not notice. */
    public static class IssuerOfItsOwn implements QuarkusTestProfile {}

    private final Account bia = Account.named("bia");

    @Test
    void tokens_of_each_next_key_are_believed_soon_even_after_a_strangers() {
        for (int change = 0; change < 2; change++) {
            SigningKeys next = Account.changedKeys();
            me(SigningKeys.fresh(), 401);
            await().atMost(20, SECONDS).untilAsserted(() -> me(next, 200));
        }
    }

    @Test
    void a_request_for_the_keys_that_is_never_answered_ends_with_503_and_is_made_again() {
        SigningKeys next = Account.changedKeys();
        Account.issuerIsSilent();

        await().atMost(20, SECONDS)
                .untilAsserted(() -> Api.with(token(next))
                        .get("/v1/me")
                        .then()
                        .statusCode(503)
                        .time(lessThan(8L), SECONDS));

        Account.issuerAnswers();
        await().atMost(20, SECONDS).untilAsserted(() -> me(next, 200));
    }

    private void me(SigningKeys keys, int status) {
        Api.with(token(keys)).get("/v1/me").then().statusCode(status);
    }

    private String token(SigningKeys keys) {
        return keys.rs256(bia.keycloak("super_admin", null));
    }
}
