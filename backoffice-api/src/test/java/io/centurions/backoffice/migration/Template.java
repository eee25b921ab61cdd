package io.centurions.backoffice.migration;

import io.centurions.backoffice.Api;
import io.centurions.platform.testkit.Admin;
import java.util.UUID;

/**
 * What a new release brings: a template step, which {@code _template_base} has and the companies have not.
 */
final class Template {

    private Template() {}

    /**
     * A step that makes a protected table.
     *
     * @return the table's name, without its schema
     */
    static String addsTable() {
        String table = "notas_" + UUID.randomUUID().toString().substring(0, 8);
        add(table, """
                CREATE TABLE {{schema}}.%1$s (
                    id          uuid PRIMARY KEY DEFAULT core.uuid7(),
                    company_id  uuid NOT NULL DEFAULT '{{company}}' CHECK (company_id = '{{company}}'),
                    UNIQUE (company_id, id));
                COMMENT ON TABLE {{schema}}.%1$s IS 'Of a test. Retention: life of the company.';
                SELECT core.protect_company_table('{{schema}}.%1$s', 'SELECT');
                """.formatted(table));
        return table;
    }

    /** A step with any SQL. */
    static void add(String name, String sql) {
        Admin.get()
                .execute(
                        "INSERT INTO core.template_steps (version, name, sql) SELECT max(version) + 1, ?, ? FROM core.template_steps",
                        name,
                        sql);
        Admin.get().query("SELECT core.migrate_template_v1()");
    }

    static int version() {
        return (int) Admin.get().count("SELECT template_version FROM core.template_state");
    }

    static int versionOf(Api.Made company) {
        return (int)
                Admin.get().count("SELECT template_version FROM core.company_crms WHERE company_id = ?", company.id());
    }

    static boolean isEqualIn(Api.Made company) {
        return Admin.get()
                .query("SELECT * FROM core.company_schema_diff_v1(?)", company.schema())
                .isEmpty();
    }
}
