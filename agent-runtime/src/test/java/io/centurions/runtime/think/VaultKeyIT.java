package io.centurions.runtime.think;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.secrets.SecretUnreadable;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.think.CenturionConfig.ModelChoice;
import io.centurions.runtime.think.CenturionConfig.Provider;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class VaultKeyIT {

    @Inject
    ChatModels models;

    private final CompanyId company = CompanyId.random();
    private final String reference = "vault:companies/" + company.value() + "/model#key";

    @Test
    void a_model_is_asked_with_the_key_that_lies_in_the_vault() {
        keep(company, "a-good-key");

        assertThat(models.of(company, choice(reference)).chat("oi")).isNotBlank();
    }

    @Test
    void a_key_that_the_provider_refuses_is_the_one_that_was_sent() {
        keep(company, "invalid-key");

        assertThatThrownBy(() -> models.of(company, choice(reference)).chat("oi"))
                .hasMessageNotContaining("invalid-key");
    }

    @Test
    void nobody_uses_another_companys_key_and_none_goes_to_an_address_that_was_typed() {
        keep(company, "a-good-key");

        assertThatThrownBy(() -> models.of(CompanyId.random(), choice(reference)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> models.of(company, choice("vault:shared/model#key")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        models.of(company, new ModelChoice(Provider.OPENAI, "https://8.8.8.8/v1", "m", reference, 0.2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key");
    }

    @Test
    void a_key_that_is_not_there_is_told_without_a_word_of_others() {
        assertThatThrownBy(() -> models.of(company, choice(reference)))
                .isInstanceOf(SecretUnreadable.class)
                .hasMessageContaining(reference);
    }

    private static ModelChoice choice(String key) {
        return new ModelChoice(Provider.OPENAI, null, null, key, 0.2);
    }

    private static void keep(CompanyId company, String key) {
        given().contentType(ContentType.JSON)
                .header("X-Vault-Token", "sandbox-vault-token")
                .body(Map.of("data", Map.of("key", key)))
                .post(ConfigProvider.getConfig().getValue("sandbox.url", String.class)
                        + "/vault/v1/secret/data/centurions/companies/" + company.value() + "/model")
                .then()
                .statusCode(200);
    }
}
