package io.centurions.platform.testkit.isolation;

import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.ScratchDatabase;
import java.util.UUID;

/**
 * Two companies with a row in every table, in a database from which keys, checks, triggers and NOT NULL are
 * taken away: what still keeps them apart is row-level security alone.
 */
final class TwoCompanies {

    private static final String BARE = """
            DO $$
            DECLARE
                r record;
            BEGIN
                FOR r IN SELECT k.conrelid::regclass AS t, k.conname AS name
                           FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                          WHERE (n.nspname = 'core' OR n.nspname LIKE 'empresa\\_%') AND k.contype IN ('c', 'f', 'u', 'p', 'x')
                LOOP
                    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I CASCADE', r.t, r.name);
                END LOOP;
                FOR r IN SELECT i.indexrelid::regclass AS name
                           FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                          WHERE (n.nspname = 'core' OR n.nspname LIKE 'empresa\\_%') AND i.indisunique
                LOOP
                    EXECUTE format('DROP INDEX %s', r.name);
                END LOOP;
                FOR r IN SELECT c.oid::regclass AS t
                           FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                          WHERE (n.nspname = 'core' OR n.nspname LIKE 'empresa\\_%') AND c.relkind IN ('r', 'p')
                LOOP
                    EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', r.t);
                END LOOP;
                FOR r IN SELECT c.oid::regclass AS t, a.attname AS name
                           FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                          WHERE (n.nspname = 'core' OR n.nspname LIKE 'empresa\\_%') AND c.relkind IN ('r', 'p')
                            AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull AND a.attidentity = ''
                LOOP
                    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I DROP NOT NULL', r.t, r.name);
                END LOOP;
            END
            $$
            """;

    final ScratchDatabase database;
    final UUID attacker = UUID.randomUUID();
    final UUID victim = UUID.randomUUID();

    private TwoCompanies(ScratchDatabase database) {
        this.database = database;
    }

    static TwoCompanies made() {
        TwoCompanies two = new TwoCompanies(ScratchDatabase.named("isolation"));
        Admin admin = two.database.admin();
        two.company(two.attacker, "attacker");
        two.company(two.victim, "victim");
        admin.execute(BARE);
        for (CompanyTable table : CompanyTable.all(admin, "core_migrator")) {
            if (!table.name().equals("core.companies")) {
                String plant = "INSERT INTO " + table.name() + " (" + table.column() + ") VALUES (?)";
                admin.execute(plant, two.attacker);
                admin.execute(plant, two.victim);
            }
        }
        return two;
    }

    private void company(UUID id, String slug) {
        Admin admin = database.admin();
        admin.execute(
                "INSERT INTO core.companies (id, slug, name, schema_name, status) VALUES (?, ?, ?, ?, 'active')",
                id,
                slug,
                slug,
                "empresa_" + slug);
        admin.query("SELECT * FROM core.provision_company_v1(?)", id);
    }
}
