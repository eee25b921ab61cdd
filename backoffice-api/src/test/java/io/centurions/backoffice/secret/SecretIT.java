package io.centurions.backoffice.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.secrets.RotateKeys;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class SecretIT {

    @Inject
    Secrets secrets;

    @Inject
    ResealSecrets resealSecrets;

    @ConfigProperty(name = "centurions.secrets.keyring")
    String keyRing;

    @Test
    void a_secret_goes_in_and_only_its_name_and_dates_come_out() {
        var company = Api.aCompany("segredo");

        Response kept = keep(company, "crm_token", Map.of("value", "planted-value"));

        kept.then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("name", equalTo("crm_token"))
                .body("kept", equalTo("sealed"))
                .body(not(containsString("planted-value")));
        Api.owner()
                .get(company.path() + "/secrets")
                .then()
                .statusCode(200)
                .body("items.name", contains("crm_token"))
                .body(not(containsString("planted-value")));
        Api.owner()
                .get(company.path() + "/secrets/crm_token")
                .then()
                .statusCode(200)
                .body("version", equalTo(1));
        String sealed = sealed(company, "crm_token");
        assertThat(sealed).doesNotContain("planted-value");
        assertThat(secrets.open(CompanyId.of(company.id()), "secret:crm_token", sealed))
                .isEqualTo("planted-value");
    }

    @Test
    void a_value_is_replaced_and_removed_only_by_who_knows_what_is_there() {
        var company = Api.aCompany("troca");
        keep(company, "crm_token", Map.of("value", "um")).then().statusCode(201);

        keep(company, "crm_token", Map.of("value", "dois")).then().statusCode(428);
        String one = company.path() + "/secrets/crm_token";
        Api.owner()
                .header("If-Match", "\"7\"")
                .body(Map.of("value", "dois"))
                .put(one)
                .then()
                .statusCode(412);
        Api.owner()
                .header("If-Match", "\"1\"")
                .body(Map.of("value", "dois"))
                .put(one)
                .then()
                .statusCode(200)
                .body("version", equalTo(2));
        Api.owner().header("If-Match", "\"1\"").delete(one).then().statusCode(412);
        Api.owner().header("If-Match", "\"2\"").delete(one).then().statusCode(204);
        Api.owner().get(one).then().statusCode(404);
        Api.owner()
                .header("If-Match", "\"2\"")
                .body(Map.of("value", "três"))
                .put(one)
                .then()
                .statusCode(412);
    }

    @Test
    void what_belongs_to_the_installation_is_referred_to_by_the_holding_alone() {
        var company = Api.aCompany("ref");
        Api.as("company_admin", company.id())
                .body(Map.of("reference", "file:/etc/passwd"))
                .put(company.path() + "/secrets/tudo")
                .then()
                .statusCode(403);

        String own = "vault:companies/" + company.id() + "/crm#token";
        for (String reference :
                new String[] {"env:CRM_TOKEN", "file:/run/secrets/crm", own, "vault:shared/crm#token"}) {
            keep(company, "token_" + Math.abs(reference.hashCode()), Map.of("reference", reference))
                    .then()
                    .statusCode(201)
                    .body("kept", equalTo(reference.split(":")[0]))
                    .body(not(containsString(reference)));
        }
        for (String wrong :
                new String[] {"env:crm token", "file:relative", "file:/run/../etc/x", "http://x", "vault:kv/crm#token"
                }) {
            keep(company, "errada", Map.of("reference", wrong)).then().statusCode(400);
        }
        keep(
                        company,
                        "alheia",
                        Map.of(
                                "reference",
                                own.replace(
                                        company.id().toString(),
                                        UUID.randomUUID().toString())))
                .then()
                .statusCode(400);
        keep(company, "ambas", Map.of("reference", "env:A", "value", "b"))
                .then()
                .statusCode(400);
        keep(company, "nenhuma", Map.of()).then().statusCode(400);
        keep(company, "Nome-Errado", Map.of("value", "v")).then().statusCode(400);
    }

    @Test
    void a_secret_of_another_company_is_not_there() {
        var other = Api.aCompany("alheia");
        var own = Api.aCompany("propria");
        keep(other, "crm_token", Map.of("value", "deles")).then().statusCode(201);

        Api.owner().get(own.path() + "/secrets/crm_token").then().statusCode(404);
        Api.as("company_admin", own.id())
                .get(other.path() + "/secrets/crm_token")
                .then()
                .statusCode(404);
        Api.as("company_admin", own.id())
                .header("If-Match", "*")
                .delete(other.path() + "/secrets/crm_token")
                .then()
                .statusCode(404);
    }

    @Test
    void after_a_change_of_the_key_everything_is_sealed_anew_while_the_service_runs() throws IOException {
        var company = Api.aCompany("chave");
        keep(company, "crm_token", Map.of("value", "valor")).then().statusCode(201);
        Api.owner()
                .body(Map.of("datasetId", "1234567890", "accessToken", "token-do-pixel"))
                .post(company.path() + "/pixels")
                .then()
                .statusCode(201);
        Path ring = Path.of(keyRing.replaceFirst("^file:", ""));
        RotateKeys.step("add", ring);
        RotateKeys.step("promote", ring);
        assertThat(older()).isPositive();

        Api.owner().post("/v1/key-ring/reseal").then().statusCode(200);

        assertThat(sealed(company, "crm_token")).startsWith(secrets.mark());
        assertThat(secrets.open(CompanyId.of(company.id()), "secret:crm_token", sealed(company, "crm_token")))
                .isEqualTo("valor");
        String pixel = (String) Admin.get()
                .queryOne(
                        "SELECT sealed_access_token AS sealed FROM core.pixel_configs WHERE company_id = ?",
                        company.id())
                .get("sealed");
        assertThat(pixel).startsWith(secrets.mark());
        assertThat(secrets.open(CompanyId.of(company.id()), "access_token", pixel))
                .isEqualTo("token-do-pixel");
        assertThat(resealSecrets.reseal(() -> true).resealed()).isZero();
        assertThat(Admin.get().count("SELECT count(*) FROM core.holding_audit WHERE action = 'key-ring.reseal'"))
                .isPositive();
        Api.as("backoffice_admin", null).get("/v1/key-ring").then().statusCode(403);
    }

    @Test
    void a_key_is_still_needed_while_a_whatsapp_instance_has_something_that_it_sealed() {
        var company = Api.aCompany("zap");
        long before = older();

        UUID instance = UUID.randomUUID();
        Admin.get().execute("""
                INSERT INTO core.whatsapp_instances (instance_id, company_id, evolution_name, webhook_secret_hash, sealed)
                VALUES (?, ?, ?, sha256('x'), '{"webhook_secret": "AAAAAAAAAAAAAAAA"}')
                """, instance, company.id(), "zap-" + instance);

        assertThat(older()).isEqualTo(before + 1);
        Admin.get().execute("DELETE FROM core.whatsapp_instances WHERE instance_id = ?", instance);
    }

    @Test
    void what_no_key_opens_is_counted_and_left_as_it_is() {
        var company = Api.aCompany("perdida");
        keep(company, "crm_token", Map.of("value", "valor")).then().statusCode(201);
        Admin.get().execute("UPDATE core.secrets SET sealed = 'AAAAAAAAAAAAAAAA' WHERE company_id = ?", company.id());

        assertThat(resealSecrets.reseal(() -> true).unreadable()).isPositive();

        assertThat(sealed(company, "crm_token")).isEqualTo("AAAAAAAAAAAAAAAA");
        Admin.get().execute("DELETE FROM core.secrets WHERE company_id = ?", company.id());
    }

    private static long older() {
        return Api.owner()
                .get("/v1/key-ring")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("sealedByOlderKeys");
    }

    private static Response keep(Api.Made company, String name, Map<String, ?> value) {
        return Api.owner().body(value).put(company.path() + "/secrets/" + name);
    }

    private static String sealed(Api.Made company, String name) {
        return (String) Admin.get()
                .queryOne("SELECT sealed FROM core.secrets WHERE company_id = ? AND name = ?", company.id(), name)
                .get("sealed");
    }
}
