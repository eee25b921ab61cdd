package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.BACKOFFICE;
import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.centurions.runtime.sql.ConversationDatabase.Company;
import io.centurions.runtime.sql.ConversationDatabase.Refused;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TenancyTest {

    private static final List<String> TABLES = List.of(
            "leads",
            "lead_identities",
            "consents",
            "form_submissions",
            "conversations",
            "messages",
            "message_keys",
            "pending_marks",
            "media",
            "turns",
            "lead_scores",
            "takeovers",
            "usage_months");

    private static final String PARKED = "parked before its company may be known, and noted later";

    /** Unique keys that do not begin with the company, and why that is right. */
    private static final Map<String, String> GLOBAL_KEYS = Map.of(
            "channel_instances_address_key",
            "an outside address leads to exactly one company",
            "company_crms_schema_key",
            "a schema belongs to one company",
            "lead_forms_key_key",
            "stands in the public address of the form",
            "whatsapp_instances_pkey",
            "webhook address, found before the company is known",
            "whatsapp_instances_name_key",
            "names are the server's; a second company must not adopt the first one's instance",
            "webhook_inbox_backoffice_content_idx",
            PARKED,
            "webhook_inbox_runtime_content_idx",
            PARKED,
            "webhook_inbox_evolution_content_idx",
            PARKED,
            "webhook_inbox_autentique_content_idx",
            PARKED,
            "webhook_inbox_capi_content_idx",
            PARKED);

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Company other = database.company();

    @Test
    void another_company_sees_nothing_and_no_claim_sees_nothing() {
        Chat chat = Chat.answered(database, company);
        chat.plan("um");

        for (String role : List.of(RUNTIME, EVOLUTION, BACKOFFICE)) {
            for (String table : readable(role)) {
                assertThat(rows(role, other, table))
                        .as(role + " as another company reads " + table)
                        .isZero();
                assertThat(database.call(role, "SELECT count(*) AS n FROM core." + table)
                                .getFirst()
                                .get("n"))
                        .as(role + " reads " + table)
                        .isEqualTo(0L);
            }
            assertThat(rows(role, company, "messages"))
                    .as(role + " reads its company's messages")
                    .isEqualTo(2);
        }
    }

    @Test
    void a_row_cannot_be_written_into_another_company() {
        Chat chat = Chat.answered(database, company);

        Refused refused = catchThrowableOfType(
                Refused.class,
                () -> database.asCompany(
                        RUNTIME,
                        other.id(),
                        "INSERT INTO core.turns (company_id, conversation_id, origin, origin_id, purpose) VALUES (?,"
                                + " ?, 'burst', '1', 'answer')",
                        company.id(),
                        chat.id()));
        Refused crossed = catchThrowableOfType(
                Refused.class,
                () -> database.asCompany(
                        RUNTIME,
                        other.id(),
                        "INSERT INTO core.turns (company_id, conversation_id, origin, origin_id, purpose) VALUES (?,"
                                + " ?, 'burst', '1', 'answer')",
                        other.id(),
                        chat.id()));

        assertThat(refused.state()).isEqualTo("42501");
        assertThat(crossed.state()).as("a conversation of another company").isEqualTo("23503");
    }

    @Test
    void intake_leaves_the_caller_bound_to_what_it_was_bound_to() {
        database.asCompany(
                RUNTIME,
                company.id(),
                "SELECT core.receive_messages_v1(?::text::jsonb)",
                List.of(Said.message(other.whatsapp(), Said.phone(), "oi")).toString());

        assertThat(rows(RUNTIME, company, "messages")).isZero();
        assertThat(rows(RUNTIME, other, "messages")).isEqualTo(1);
    }

    @Test
    void functions_that_act_for_a_company_refuse_to_act_for_none() {
        Chat chat = Chat.answered(database, company);

        Refused refused = catchThrowableOfType(
                Refused.class,
                () -> database.call(RUNTIME, "SELECT core.take_over_v1(?, 'supervisor', NULL)", chat.id()));

        assertThat(refused.state()).isEqualTo("42501");
        assertThat(chat.state()).isEqualTo("ai");
    }

    @Test
    void every_table_with_a_company_is_protected_and_forced() {
        assertThat(names("""
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'company_id' AND NOT a.attisdropped
             WHERE c.relnamespace = 'core'::regnamespace AND c.relkind IN ('r', 'p')
               AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
            """)).isEmpty();
        assertThat(names("""
            SELECT c.relname FROM pg_class c
             WHERE c.relnamespace = 'core'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname = ANY (string_to_array(?, ','))
               AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'company_id' AND a.attnotnull)
            """, String.join(",", TABLES))).isEmpty();
    }

    @Test
    void every_table_with_a_company_and_an_id_can_be_referred_to_by_both() {
        assertThat(names("""
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'company_id'
              JOIN pg_attribute d ON d.attrelid = c.oid AND d.attname = 'id'
             WHERE c.relnamespace = 'core'::regnamespace AND c.relkind IN ('r', 'p')
               AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND i.indpred IS NULL
                                  AND i.indnkeyatts = 2 AND i.indkey[0] = a.attnum AND i.indkey[1] = d.attnum)
            """)).isEmpty();
    }

    @Test
    void every_other_unique_key_and_every_foreign_key_leads_with_the_company() {
        List<String> keys = names("""
            SELECT x.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'company_id'
             WHERE c.relnamespace = 'core'::regnamespace AND c.relkind IN ('r', 'p') AND i.indisunique AND i.indkey[0] <> a.attnum
               AND NOT (i.indisprimary AND i.indnkeyatts = 1
                        AND EXISTS (SELECT FROM pg_attribute d WHERE d.attrelid = c.oid AND d.attname = 'id' AND d.attnum = i.indkey[0]))
            """);
        List<String> references = names("""
            SELECT k.conname FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attname = 'company_id'
             WHERE k.contype = 'f' AND k.connamespace = 'core'::regnamespace AND k.confrelid <> 'core.companies'::regclass
               AND k.conkey[1] <> a.attnum
            """);

        assertThat(keys).containsExactlyInAnyOrderElementsOf(GLOBAL_KEYS.keySet());
        assertThat(references).isEmpty();
    }

    @Test
    void every_table_says_what_it_is_and_how_long_it_is_kept() {
        assertThat(names("SELECT relname FROM pg_class WHERE relnamespace = 'core'::regnamespace AND relkind IN"
                        + " ('r', 'p') AND relname NOT LIKE 'flyway%' AND coalesce(obj_description(oid),"
                        + " '') NOT LIKE '%Retention: %'"))
                .isEmpty();
    }

    @Test
    void every_definer_function_has_a_fixed_search_path_a_narrow_owner_and_is_not_public() {
        assertThat(names("""
            SELECT p.proname FROM pg_proc p
             WHERE p.pronamespace = 'core'::regnamespace AND p.prosecdef
               AND (NOT coalesce(p.proconfig, '{}') && ARRAY['search_path=""', 'search_path=']
                    OR has_function_privilege('crm_user', p.oid, 'EXECUTE')
                    OR pg_get_userbyid(p.proowner) NOT IN ('core_intake', 'core_turns', 'core_delivery', 'core_relay', 'core_lookup',
                                                            'core_provisioner', 'core_deals', 'core_sweep', 'core_rebuild'))
            """)).isEmpty();
        assertThat(names("""
            SELECT p.proname FROM pg_proc p, unnest(ARRAY['runtime_app', 'evolution_app', 'backoffice_app']) AS r
             WHERE p.pronamespace = 'core'::regnamespace AND pg_get_userbyid(p.proowner) IN ('core_intake', 'core_turns', 'core_delivery')
               AND p.proname !~ '_v[0-9]+$' AND has_function_privilege(r, p.oid, 'EXECUTE')
            """)).isEmpty();
    }

    @Test
    void nothing_of_this_slice_refers_to_what_is_not_there() {
        Chat chat = Chat.answered(database, company);
        chat.plan("um");

        assertThat(database.admin("SELECT * FROM core.conversation_orphans WHERE company_id = ?", company.id()))
                .isEmpty();
        database.admin("UPDATE core.conversations SET instance_id = gen_random_uuid() WHERE id = ?", chat.id());
        assertThat(database.admin("SELECT * FROM core.conversation_orphans WHERE company_id = ?", company.id()))
                .extracting(row -> row.get("missing"))
                .contains("channel_instances");
    }

    private List<String> readable(String role) {
        return TABLES.stream()
                .filter(table ->
                        (Boolean) database.value("SELECT has_table_privilege(?, ?, 'SELECT')", role, "core." + table))
                .toList();
    }

    private long rows(String role, Company as, String table) {
        return (Long) database.asCompany(role, as.id(), "SELECT count(*) AS n FROM core." + table)
                .getFirst()
                .get("n");
    }

    private List<String> names(String sql, Object... parameters) {
        return database.admin(sql, parameters).stream()
                .map(row -> String.valueOf(row.values().iterator().next()))
                .collect(Collectors.toList());
    }
}
