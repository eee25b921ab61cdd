package io.centurions.backoffice.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

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
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class UndoProvisioningIT {

    @Inject
    Sweep sweep;

    @Inject
    Storage storage;

    @ConfigProperty(name = "centurions.storage.folder.path")
    String folder;

    @Test
    void what_was_made_is_taken_back_and_nothing_makes_it_again() {
        var company = stuckBeforeItsActivation("desfeita");

        undo(company).then().statusCode(200).body("state", equalTo("undone"));

        assertThat(schemaIsThere(company)).isFalse();
        assertThat(Admin.get().count("SELECT count(*) FROM core.company_crms WHERE company_id = ?", company.id()))
                .isZero();
        Api.owner().get(company.path()).then().body("status", equalTo("archived"));
        Api.owner()
                .post(company.path() + "/provision")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:company-archived"));
        Sweep.standStill(company.id());
        sweep.run();
        assertThat(schemaIsThere(company)).isFalse();
        assertThat(Api.events(company)).containsExactly("company.lifecycle");
        Api.owner().get(company.path() + "/audit").then().body("items.action", hasItem("company.provision-undo"));
        undo(company).then().statusCode(200).body("state", equalTo("undone"));
    }

    @Test
    void a_schema_that_somebody_wrote_into_stays() {
        var company = stuckBeforeItsActivation("escrita");
        Admin.get().execute("INSERT INTO " + company.schema() + ".services (name) VALUES ('Limpeza')");

        undo(company).then().statusCode(409).body("type", equalTo("urn:centurions:problem:schema-holds-rows"));

        assertThat(schemaIsThere(company)).isTrue();
        Api.owner().get(company.path()).then().body("status", equalTo("failed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO %s.pipeline_stages (key, name, position) VALUES ('extra', 'Extra', 9)",
                "UPDATE %s.pipeline_stages SET name = 'Primeiro contato' WHERE key = 'contato'",
                "UPDATE %s.pipeline_stages SET key = 'ganho' WHERE key = 'fechado'",
                "DELETE FROM %s.pipeline_stages WHERE key = 'proposta'",
                "WITH gone AS (DELETE FROM %1$s.pipeline_stages WHERE key = 'proposta' RETURNING 1)"
                        + " INSERT INTO %1$s.pipeline_stages (key, name, position) SELECT 'visita', 'Visita', 3 FROM gone"
            })
    void what_our_steps_made_is_no_longer_ours_once_somebody_changed_it(String change) {
        var company = stuckBeforeItsActivation("etapa");
        Admin.get().execute(change.formatted(company.schema()));

        undo(company).then().statusCode(409).body("type", equalTo("urn:centurions:problem:schema-holds-rows"));

        assertThat(schemaIsThere(company)).isTrue();
    }

    /** As a step leaves it that found what somebody else had written. */
    @Test
    void where_it_is_not_known_what_our_steps_made_nobody_is_said_to_have_written() {
        var company = stuckBeforeItsActivation("semrastro");
        Admin.get().execute("UPDATE core.company_crms SET as_made = NULL WHERE company_id = ?", company.id());

        undo(company)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:schema-holds-rows"))
                .body("detail", containsString("nobody knows any more"));

        assertThat(schemaIsThere(company)).isTrue();
    }

    @Test
    void a_step_that_the_company_took_since_is_ours_too_but_hides_nothing_of_others() {
        var untouched = stuckBeforeItsActivation("nova");
        var touched = stuckBeforeItsActivation("tocada");
        Admin.get().execute("UPDATE " + touched.schema() + ".pipeline_stages SET name = 'Deles' WHERE key = 'novo'");
        for (var company : List.of(untouched, touched)) {
            Admin.get().execute("UPDATE core.company_crms SET template_version = 1 WHERE company_id = ?", company.id());
            Admin.get().execute("DROP TRIGGER deal_touched ON " + company.schema() + ".deals");
            Admin.get().execute("DROP TRIGGER deal_changed ON " + company.schema() + ".deals");
            Admin.get().execute("DROP FUNCTION %1$s.deal_touched, %1$s.fn_receive_lead".formatted(company.schema()));
            Admin.get().query("SELECT core.migrate_company_step_v1(?, 2)", company.id());
        }

        undo(untouched).then().statusCode(200);
        undo(touched).then().statusCode(409).body("type", equalTo("urn:centurions:problem:schema-holds-rows"));
    }

    @Test
    void whoever_is_writing_meanwhile_is_waited_for_and_seen() throws Exception {
        var company = stuckBeforeItsActivation("agora");
        try (Connection writer = Admin.get().connectAs("backoffice_app");
                Statement statement = writer.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            writer.setAutoCommit(false);
            statement.execute("SELECT set_config('request.jwt.claims', '{\"company_id\": \"%s\"}', true)"
                    .formatted(company.id()));
            statement.execute("INSERT INTO " + company.schema() + ".services (name) VALUES ('Limpeza')");

            var undone = threads.submit(() -> undo(company).jsonPath().getString("type"));
            await().until(() -> Admin.get()
                            .count(
                                    "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = ?::regclass",
                                    company.schema() + ".services")
                    == 1);
            writer.commit();

            assertThat(undone.get()).isEqualTo("urn:centurions:problem:schema-holds-rows");
        }
        assertThat(Admin.get().count("SELECT count(*) FROM " + company.schema() + ".services"))
                .isEqualTo(1);
    }

    @Test
    void a_schema_with_things_of_somebody_else_stays() {
        var company = stuckBeforeItsActivation("alheia");
        Admin.get().execute("CREATE TABLE " + company.schema() + ".deles (n int)");

        undo(company).then().statusCode(409).body("type", equalTo("urn:centurions:problem:schema-not-ours"));

        assertThat(schemaIsThere(company)).isTrue();
    }

    @Test
    void what_hangs_on_the_schema_from_outside_is_not_torn_off() {
        var company = stuckBeforeItsActivation("presa");
        String view = "public.presa_" + company.id().toString().replace("-", "");
        Admin.get().execute("CREATE VIEW " + view + " AS SELECT name FROM " + company.schema() + ".services");

        undo(company).then().statusCode(409).body("type", equalTo("urn:centurions:problem:undo-refused"));

        assertThat(schemaIsThere(company)).isTrue();
        Admin.get().execute("DROP VIEW " + view);
        undo(company).then().statusCode(200);
        assertThat(schemaIsThere(company)).isFalse();
    }

    @Test
    void a_schema_that_we_did_not_make_outlives_the_company() {
        var company = ProvisioningIT.refusedAtItsSchema("antes");

        undo(company).then().statusCode(200);

        assertThat(schemaIsThere(company)).isTrue();
        Api.owner().get(company.path()).then().body("status", equalTo("archived"));
    }

    @Test
    void the_companys_part_of_the_storage_is_closed_again() {
        var company = stuckBeforeItsActivation("fechada");
        storage.open(CompanyId.of(company.id()));

        undo(company).then().statusCode(200);

        assertThat(Path.of(folder, company.id().toString())).doesNotExist();
    }

    @Test
    void a_part_that_could_not_be_closed_is_closed_by_the_same_request_again() {
        var company = stuckBeforeItsActivation("teimosa");
        storage.open(CompanyId.of(company.id()));
        StorageInTheWay.of(storage, "close", new StorageUnavailable("away", null));
        undo(company).then().statusCode(503);
        Api.owner().get(company.path()).then().body("status", equalTo("archived"));

        StorageInTheWay.noMore();
        undo(company).then().statusCode(200).body("state", equalTo("undone"));

        assertThat(Path.of(folder, company.id().toString())).doesNotExist();
    }

    @Test
    void a_company_that_somebody_keeps_files_for_is_not_undone() {
        var company = stuckBeforeItsActivation("guardada");
        Admin.get()
                .execute("INSERT INTO core.files (company_id, name, purpose) VALUES (?, 'x', 'other')", company.id());

        undo(company).then().statusCode(409).body("type", equalTo("urn:centurions:problem:company-holds-files"));

        assertThat(schemaIsThere(company)).isTrue();
    }

    @Test
    void an_active_company_is_archived_not_undone() {
        var company = Api.aCompany("ativa");

        undo(company).then().statusCode(409).body("type", equalTo("urn:centurions:problem:provisioning-finished"));

        assertThat(schemaIsThere(company)).isTrue();
    }

    @Test
    void only_the_state_that_was_seen_is_undone_and_only_by_the_holding() {
        var company = stuckBeforeItsActivation("vista");

        Api.owner().delete(company.path() + "/provisioning").then().statusCode(428);
        Api.owner()
                .header("If-Match", "\"77\"")
                .delete(company.path() + "/provisioning")
                .then()
                .statusCode(412);
        Api.as("company_admin", company.id())
                .header("If-Match", "*")
                .delete(company.path() + "/provisioning")
                .then()
                .statusCode(403);

        assertThat(schemaIsThere(company)).isTrue();
    }

    private static Response undo(Api.Made company) {
        String tag = Api.owner().get(company.path() + "/provisioning").header("ETag");
        return Api.owner().header("If-Match", tag).delete(company.path() + "/provisioning");
    }

    /** Its schema is there, then a step was refused. */
    private static Api.Made stuckBeforeItsActivation(String word) {
        var company = ProvisioningIT.refusedAtItsSchema(word);
        Admin.get().execute("DROP SCHEMA " + company.schema());
        Admin.get().query("SELECT * FROM core.provision_company_v1(?)", company.id());
        return company;
    }

    private static boolean schemaIsThere(Api.Made company) {
        return Admin.get().count("SELECT count(*) FROM pg_namespace WHERE nspname = ?", company.schema()) == 1;
    }
}
