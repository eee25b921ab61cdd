package io.centurions.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.testkit.Admin;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The wall between companies as all migrations leave it: who may look over it, and that nobody else can. */
class WallRulesTest {

    /** Owners of listed functions; nobody logs in as one of them, and only the migrator may become one. */
    private static final String NARROW = "'core_intake', 'core_turns', 'core_delivery', 'core_relay', 'core_lookup',"
            + " 'core_provisioner', 'core_deals', 'core_sweep', 'core_rebuild'";

    @Test
    void a_policy_compares_the_company_with_the_claim_or_belongs_to_a_narrow_role() {
        assertThat(names("""
                SELECT format('%%s of %%I.%%I', p.policyname, p.schemaname, p.tablename) AS name
                  FROM pg_policies p
                 WHERE p.schemaname IN ('core', '_template_base') AND p.permissive = 'PERMISSIVE'
                   AND EXISTS (SELECT FROM information_schema.columns c
                                WHERE c.table_schema = p.schemaname AND c.table_name = p.tablename AND c.column_name = 'company_id')
                   AND NOT (p.roles <@ ARRAY[%s, 'backoffice_reader']::name[] AND coalesce(p.qual, '') = 'true')
                   AND NOT (coalesce(p.qual, '') = '(company_id = ( SELECT core.company() AS company))'
                            AND coalesce(p.with_check, p.qual) = p.qual AND NOT 'public' = ANY (p.roles))
                """.formatted(NARROW))).isEmpty();
    }

    @Test
    void nobody_logs_in_as_a_role_that_sees_every_company_nor_becomes_one_but_for_the_migrator_and_the_reader() {
        assertThat(names("""
                SELECT rolname AS name FROM pg_roles
                 WHERE rolname IN (%s, 'backoffice_reader', 'crm_user') AND (rolcanlogin OR rolsuper OR rolbypassrls OR rolcreaterole)
                """.formatted(NARROW))).isEmpty();
        assertThat(names("""
                SELECT pg_get_userbyid(m.member) || ' may become ' || pg_get_userbyid(m.roleid) AS name
                  FROM pg_auth_members m
                 WHERE pg_get_userbyid(m.roleid) IN (%s, 'backoffice_reader', 'crm_user', 'core_migrator')
                   AND NOT (SELECT rolsuper FROM pg_roles r WHERE r.oid = m.member)
                   AND pg_get_userbyid(m.member) <> 'core_migrator'
                """.formatted(NARROW)))
                .containsExactlyInAnyOrder(
                        "backoffice_app may become backoffice_reader", "backoffice_app may become crm_user");
    }

    /** It may become the front to attack as the front does: it gains nothing thereby. */
    @Test
    void a_companys_front_may_nothing_that_the_back_office_may_not() {
        assertThat(names("""
                SELECT c.oid::regclass || ' ' || p.privilege AS name
                  FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p (privilege)
                 WHERE c.relnamespace IN ('core'::regnamespace, '_template_base'::regnamespace) AND c.relkind IN ('r', 'p', 'v', 'm')
                   AND has_table_privilege('crm_user', c.oid, p.privilege)
                   AND NOT has_table_privilege('backoffice_app', c.oid, p.privilege)
                 UNION ALL
                SELECT p.oid::regprocedure::text
                  FROM pg_proc p
                 WHERE p.pronamespace IN ('core'::regnamespace, '_template_base'::regnamespace)
                   AND has_function_privilege('crm_user', p.oid, 'EXECUTE')
                   AND NOT has_function_privilege('backoffice_app', p.oid, 'EXECUTE')
                """)).isEmpty();
        assertThat(names("""
                SELECT pg_get_userbyid(m.roleid) AS name FROM pg_auth_members m
                 WHERE m.member = 'crm_user'::regrole OR (m.roleid = 'crm_user'::regrole AND m.member = 'backoffice_app'::regrole AND m.inherit_option)
                """)).isEmpty();
    }

    /** TRUNCATE asks no policy, and neither does a trigger or a foreign key that somebody adds. */
    @Test
    void no_service_holds_a_privilege_that_row_level_security_does_not_bind() {
        assertThat(names("""
                SELECT r.role || ' on ' || c.relname AS name
                  FROM pg_class c,
                       unnest(ARRAY['backoffice_app', 'runtime_app', 'evolution_app', 'autentique_app', 'capi_app', 'backoffice_reader', 'crm_user'])
                       AS r (role)
                 WHERE c.relnamespace IN ('core'::regnamespace, '_template_base'::regnamespace) AND c.relkind IN ('r', 'p')
                   AND has_table_privilege(r.role, c.oid, 'TRUNCATE,REFERENCES,TRIGGER')
                """)).isEmpty();
    }

    /**
     * Such a function sees what its owner sees: whoever calls it must be named, and must not choose what its
     * names mean.
     */
    @Test
    void a_function_that_runs_with_its_owners_rights_is_narrow_named_and_finds_only_what_it_says() {
        assertThat(names("""
                SELECT p.oid::regprocedure::text AS name
                  FROM pg_proc p
                 WHERE p.pronamespace IN ('core'::regnamespace, '_template_base'::regnamespace) AND p.prosecdef
                   AND (has_function_privilege('public', p.oid, 'EXECUTE')
                        OR pg_get_userbyid(p.proowner) NOT IN (%s)
                        OR NOT coalesce('search_path=""' = ANY (p.proconfig), false))
                """.formatted(NARROW))).isEmpty();
    }

    private static List<String> names(String sql) {
        return Admin.get().query(sql).stream()
                .map(row -> (String) row.get("name"))
                .toList();
    }
}
