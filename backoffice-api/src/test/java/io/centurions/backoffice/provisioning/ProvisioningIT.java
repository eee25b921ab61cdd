package io.centurions.backoffice.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.notNullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.backoffice.file.StorageInTheWay;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.storage.Storage;
import io.centurions.platform.storage.StorageUnavailable;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class ProvisioningIT {

    @Inject
    Sweep sweep;

    @Inject
    Storage storage;

    @Test
    void a_made_company_shows_the_steps_it_was_made_of() {
        var company = Api.aCompany("passos");

        Api.owner()
                .get(company.path() + "/provisioning")
                .then()
                .statusCode(200)
                .header("ETag", notNullValue())
                .body("state", equalTo("done"))
                .body("finishedAt", notNullValue())
                .body("steps.step", contains("schema", "storage", "centurion", "activation"))
                .body("steps.state", everyItem(equalTo("done")))
                .body("steps.attempts", everyItem(equalTo(1)));
        Api.owner()
                .get("/v1/companies/" + UUID.randomUUID() + "/provisioning")
                .then()
                .statusCode(404);
    }

    @Test
    void a_new_company_has_a_draft_that_cannot_be_published_as_it_is() {
        var company = Api.aCompany("rascunho");

        String id = Api.owner()
                .get(company.path() + "/centurions")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("items[0].name", equalTo("Centurion"))
                .body("items[0].draft.prompt", containsString("Empresa rascunho"))
                .body("items[0].draft.language", equalTo("pt-BR"))
                .body("items[0].published", equalTo(null))
                .extract()
                .path("items[0].id");

        Api.owner()
                .post(company.path() + "/centurions/" + id + "/publish")
                .then()
                .statusCode(422);
    }

    @Test
    void a_refused_step_says_why_and_goes_on_once_the_cause_is_gone() {
        var company = refusedAtItsSchema("recusada");
        Api.owner()
                .get(company.path() + "/provisioning")
                .then()
                .body("state", equalTo("failed"))
                .body("reason", containsString("42P06"))
                .body("steps.state", contains("failed", "waiting", "waiting", "waiting"))
                .body("steps[0].reason", containsString("already exists"));
        Admin.get().execute("DROP SCHEMA " + company.schema());

        Api.owner().post(company.path() + "/provision").then().statusCode(200).body("status", equalTo("active"));

        Api.owner()
                .get(company.path() + "/provisioning")
                .then()
                .body("state", equalTo("done"))
                .body("reason", equalTo(null))
                .body("steps.state", everyItem(equalTo("done")));
    }

    @Test
    void what_a_killed_process_left_is_finished_by_the_sweep_in_the_name_of_who_asked() {
        var company = interrupted("morta", 0);
        Sweep.standStill(company.id());

        sweep.run();

        assertThat(status(company)).isEqualTo("active");
        assertThat(Api.events(company)).containsExactly("company.lifecycle");
        Api.owner()
                .get(company.path() + "/audit")
                .then()
                .body("items.find { it.action == 'company.provision' }.actor", equalTo("who-asked"));
    }

    @Test
    void the_sweep_leaves_alone_what_is_under_way_and_what_was_refused() {
        var underWay = interrupted("agora", 1);
        var refused = refusedAtItsSchema("pessoa");
        Sweep.standStill(refused.id());

        sweep.run();

        assertThat(status(underWay)).isEqualTo("provisioning");
        assertThat(status(refused)).isEqualTo("failed");
    }

    @Test
    void a_step_that_never_ends_is_given_up_in_the_end() {
        var company = interrupted("eterna", 1000);
        Sweep.standStill(company.id());

        // Its wait has grown to ten times the usual, which an hour exceeds.
        sweep.run();

        assertThat(status(company)).isEqualTo("failed");
        Api.owner().get(company.path()).then().body("statusReason", containsString("given up after"));
    }

    @Test
    void while_the_storage_is_away_a_company_waits_and_is_finished_once_it_is_back() {
        String slug = Api.unique("espera");
        StorageInTheWay.of(storage, "open", new StorageUnavailable("away", null));
        Api.owner()
                .body(Map.of("name", "Espera", "slug", slug))
                .post("/v1/companies")
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue());
        UUID id = (UUID) Admin.get()
                .queryOne("SELECT id FROM core.companies WHERE slug = ?", slug)
                .get("id");
        var company = new Api.Made(id, slug);
        Api.owner()
                .get(company.path() + "/provisioning")
                .then()
                .body("state", equalTo("running"))
                .body("steps.state", contains("done", "running", "waiting", "waiting"));

        StorageInTheWay.noMore();
        Sweep.standStill(id);
        sweep.run();

        assertThat(status(company)).isEqualTo("active");
        assertThat(storage.close(CompanyId.of(id))).as("its part is there").isTrue();
    }

    @Test
    void a_company_of_an_earlier_release_that_is_active_stays_as_it_is() {
        var company = inserted("antiga", "active");

        Api.owner().post(company.path() + "/provision").then().statusCode(200).body("status", equalTo("active"));

        assertThat(Api.events(company)).isEmpty();
        Api.owner().get(company.path() + "/provisioning").then().statusCode(404);
    }

    /** As the first transaction of a request leaves it when its process is killed then. */
    private static Api.Made interrupted(String word, int attempts) {
        var company = inserted(word, "provisioning");
        Admin.get().execute("""
                INSERT INTO core.company_provisionings (company_id, started_by, started_role) VALUES (?, 'who-asked', 'super_admin')
                """, company.id());
        Admin.get().execute("""
                INSERT INTO core.company_provisioning_steps (company_id, step, place, state, attempts)
                VALUES (?, 'schema', 1, 'running', ?), (?, 'centurion', 2, 'waiting', 0), (?, 'activation', 3, 'waiting', 0)
                """, company.id(), attempts, company.id(), company.id());
        return company;
    }

    private static Api.Made inserted(String word, String status) {
        var company = new Api.Made(UUID.randomUUID(), Api.unique(word));
        Admin.get()
                .execute(
                        "INSERT INTO core.companies (id, slug, name, schema_name, status) VALUES (?, ?, 'Inserida', ?, ?)",
                        company.id(),
                        company.slug(),
                        company.schema(),
                        status);
        return company;
    }

    static Api.Made refusedAtItsSchema(String word) {
        String slug = Api.unique(word);
        Admin.get().execute("CREATE SCHEMA empresa_" + slug);
        String id = Api.owner()
                .body(Map.of("name", "Recusada", "slug", slug))
                .post("/v1/companies")
                .then()
                .statusCode(201)
                .body("status", equalTo("failed"))
                .extract()
                .path("id");
        return new Api.Made(UUID.fromString(id), slug);
    }

    private static String status(Api.Made company) {
        return (String) Admin.get()
                .queryOne("SELECT status FROM core.companies WHERE id = ?", company.id())
                .get("status");
    }
}
