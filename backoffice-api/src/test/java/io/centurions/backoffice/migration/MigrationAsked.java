package io.centurions.backoffice.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.centurions.backoffice.Api;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.cut.EveryStep;
import java.util.Map;
import java.util.UUID;

/**
 * A migration of one company, that is behind by one table, which is cut somewhere; the next owner goes on
 * until it has ended.
 */
final class MigrationAsked implements EveryStep.Scene {

    private static final int OWNERS_MOST = 10;

    private final Api.Made company;
    private final String key = UUID.randomUUID().toString();
    private Throwable wrong;

    private MigrationAsked(Api.Made company) {
        this.company = company;
    }

    static MigrationAsked and(MigrateFleet owner, Api.Made company, String table) {
        var asked = new MigrationAsked(company);
        asked.fallBehind(table);
        for (int owners = 0; owners < OWNERS_MOST && !asked.settled(); owners++) {
            asked.request();
            try {
                owner.run(() -> true);
            } catch (DatabaseUnavailable killed) {
                // What is left is in the rows.
            }
        }
        // Looked at before the next scene takes the same company back.
        asked.wrong = catchThrowable(asked::look);
        return asked;
    }

    private void fallBehind(String table) {
        Admin.get().execute("DROP TABLE IF EXISTS " + company.schema() + "." + table);
        Admin.get()
                .execute(
                        "UPDATE core.company_crms SET template_version = template_version - 1 WHERE company_id = ?",
                        company.id());
    }

    private void request() {
        Api.owner()
                .header("Idempotency-Key", key)
                .body(Map.of("canaryCompanyId", company.id()))
                .post("/v1/fleet-migrations");
    }

    @Override
    public boolean settled() {
        return Admin.get()
                        .count(
                                "SELECT count(*) FROM core.fleet_migrations WHERE request_key = ? AND state = 'finished'",
                                key)
                == 1;
    }

    @Override
    public void judge(String cutAt) {
        assertThat(wrong).isNull();
    }

    private void look() {
        assertThat(Template.versionOf(company)).isEqualTo(Template.version());
        assertThat(Template.isEqualIn(company)).isTrue();
        assertThat(Admin.get().query("""
                        SELECT m.state, m.attempts
                          FROM core.company_migrations m JOIN core.fleet_migrations f ON f.id = m.migration_id
                         WHERE f.request_key = ? AND m.company_id = ?
                        """, key, company.id())).containsExactly(Map.of("state", "done", "attempts", 0));
    }
}
