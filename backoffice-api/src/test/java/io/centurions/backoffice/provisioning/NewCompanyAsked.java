package io.centurions.backoffice.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.backoffice.Api;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.cut.EveryStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.ConfigProvider;

/** A request for a company that is cut somewhere, and then finished. */
final class NewCompanyAsked implements EveryStep.Scene {

    private static final int ROUNDS_MOST = 10;
    private static final String DIFFERENCE = """
            WITH made AS MATERIALIZED (SELECT * FROM core.describe_schema_v1(?, ?)),
                 fresh AS MATERIALIZED (SELECT * FROM core.describe_schema_v1(?, ?))
            (TABLE made EXCEPT TABLE fresh) UNION ALL (TABLE fresh EXCEPT TABLE made)
            """;

    private final Api.Made fresh;
    private final String slug = Api.unique("corte");
    private final String key = UUID.randomUUID().toString();

    private NewCompanyAsked(Api.Made fresh) {
        this.fresh = fresh;
    }

    /**
     * @param fresh  a company that nothing interrupted
     * @param finish what goes on with a company that stands still
     */
    static NewCompanyAsked and(Api.Made fresh, Consumer<UUID> finish) {
        var asked = new NewCompanyAsked(fresh);
        asked.request();
        for (int round = 0; round < ROUNDS_MOST && !asked.settled(); round++) {
            asked.goOn(finish);
        }
        return asked;
    }

    /** The same request again, as its client sends it. */
    void request() {
        Api.owner()
                .header("Idempotency-Key", key)
                .body(Map.of("name", "Corte", "slug", slug))
                .post("/v1/companies");
    }

    private void goOn(Consumer<UUID> finish) {
        List<Map<String, Object>> row = Admin.get().query("SELECT id FROM core.companies WHERE slug = ?", slug);
        if (row.isEmpty()) {
            // Cut before anything was written down: nobody but the client knows of it.
            request();
            return;
        }
        try {
            finish.accept((UUID) row.getFirst().get("id"));
        } catch (DatabaseUnavailable again) {
            // The cut met the one who goes on.
        }
    }

    @Override
    public boolean settled() {
        return Admin.get().count("SELECT count(*) FROM core.companies WHERE slug = ? AND status = 'active'", slug) == 1;
    }

    @Override
    public void judge(String cutAt) {
        UUID id = (UUID) Admin.get()
                .queryOne("SELECT id FROM core.companies WHERE slug = ?", slug)
                .get("id");
        var made = new Api.Made(id, slug);
        Object[] both = {made.schema(), id, fresh.schema(), fresh.id()};
        assertThat(Admin.get().query(DIFFERENCE, both))
                .as("catalogue beside a fresh company")
                .isEmpty();
        assertThat(Admin.get().query("SELECT * FROM core.company_schema_diff_v1(?)", made.schema()))
                .isEmpty();
        assertThat(stages(made)).isEqualTo(stages(fresh));
        assertThat(folder(id)).as("part of the storage").isEmptyDirectory();
        assertThat(crm(id)).isEqualTo(crm(fresh.id()));
        assertThat(Api.events(made)).containsExactly("company.lifecycle");
        assertThat(Admin.get().query("SELECT action FROM core.audit_log WHERE company_id = ? ORDER BY action", id))
                .extracting(row -> row.get("action"))
                .containsExactly("centurion.create", "company.create", "company.provision");
        assertThat(Admin.get().count("SELECT count(*) FROM core.centurion_configs WHERE company_id = ?", id))
                .isOne();
        assertThat(Admin.get()
                        .query("SELECT DISTINCT state FROM core.company_provisioning_steps WHERE company_id = ?", id))
                .containsExactly(Map.of("state", "done"));
    }

    private static List<Map<String, Object>> stages(Api.Made company) {
        return Admin.get()
                .query("SELECT key, name, position FROM " + company.schema() + ".pipeline_stages ORDER BY position");
    }

    private static Path folder(UUID company) {
        return Path.of(ConfigProvider.getConfig().getValue("centurions.storage.folder.path", String.class))
                .resolve(company.toString());
    }

    private static Object crm(UUID company) {
        return Admin.get()
                .queryOne("SELECT template_version FROM core.company_crms WHERE company_id = ?", company)
                .get("template_version");
    }
}
