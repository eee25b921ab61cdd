package io.centurions.runtime.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Plans;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sweep runs every ten seconds, so it must cost nothing when it finds nothing, however much there is. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class SweepPlansIT {

    private static final Map<String, String> WINDOW =
            Map.of("p_limit", "100", "p_age", "interval '20 s'", "p_back", "interval '1 h'", "p_now", "now()");

    private static final String CONVERSATIONS = """
            INSERT INTO core.conversations (company_id, lead_id, instance_id, channel, chat_ref, inbound_seq, answered_seq, turn_due_at,
                                            last_inbound_at)
            SELECT :company, gen_random_uuid(), gen_random_uuid(), 'whatsapp', 'c' || n, 1, 0, now() + interval '1 day', now()
              FROM generate_series(1, 100000) AS n
            """;
    private static final String ANSWERED = """
            INSERT INTO core.conversations (company_id, lead_id, instance_id, channel, chat_ref, inbound_seq, answered_seq, last_inbound_at)
            SELECT :company, gen_random_uuid(), gen_random_uuid(), 'whatsapp', 'a' || n, 1, 1, now() - interval '1 day'
              FROM generate_series(1, 100000) AS n
            """;
    // Some have not ended, on another channel than the one that asks: with none at all, any index of open bubbles is as
    // good as another.
    private static final String MESSAGES = """
            INSERT INTO core.messages (company_id, conversation_id, direction, author, reply_id, position, purpose, kind, text, status,
                                       leaves_by, created_at)
            SELECT :company, gen_random_uuid(), 'out', 'machine', gen_random_uuid(), 0, 'answer', 'text', 'Olá',
                   CASE WHEN n % 20 = 0 THEN 'planned' ELSE 'read' END, 'telegram', now() - n * interval '1 min'
              FROM generate_series(1, 100000) AS n
            """;

    @Test
    void overdue_bursts_are_found_by_their_deadlines() {
        assertThat(plan("count_overdue_turns_v1", CONVERSATIONS))
                .contains("conversations_ready_")
                .doesNotContain("Seq Scan on conversations");
    }

    @Test
    void stranded_bursts_are_found_by_an_index_that_holds_nothing_else() {
        assertThat(plan("make_stranded_bursts_due_v1", ANSWERED))
                .contains("conversations_stranded_idx")
                .doesNotContain("Seq Scan on conversations");
    }

    @ParameterizedTest
    @ValueSource(strings = {"count_overdue_deliveries_v1", "resting_bubbles_v1", "rouse_bubbles_of_deleted_v1"})
    void overdue_and_resting_bubbles_are_found_among_the_open_ones(String function) {
        Map<String, String> parameters =
                Map.of("p_channels", "ARRAY['whatsapp']", "p_age", "interval '30 s'", "p_now", "now()");

        assertThat(plans().of(function, parameters, MESSAGES, ANSWERED))
                .contains("messages_leaving_idx")
                .containsPattern("Index Cond: .*leaves_by.*due_at")
                .doesNotContain("Seq Scan on messages")
                .doesNotContain("Seq Scan on conversations");
    }

    @Test
    void what_rests_at_mended_instances_is_found_by_them() {
        String rested = "UPDATE core.conversations SET rests_until = now() - interval '1 h'";
        Map<String, String> parameters = Map.of("p_channels", "ARRAY['whatsapp']", "p_limit", "1000", "p_now", "now()");

        assertThat(plans().of("rouse_bubbles_of_mended_v1", parameters, ANSWERED, rested))
                .contains("conversations_resting_idx")
                .doesNotContain("Seq Scan on conversations");
    }

    @Test
    void ungreeted_form_leads_are_found_by_the_time_of_their_form() {
        String forms = """
                INSERT INTO core.form_submissions (id, company_id, form_id, lead_id, person, announced, created_at)
                SELECT gen_random_uuid(), :company, gen_random_uuid(), gen_random_uuid(), 'p' || n, true, now() - n * interval '1 min'
                  FROM generate_series(1, 100000) AS n
                """;

        assertThat(plan("ungreeted_form_leads_v1", forms, ANSWERED))
                .contains("form_submissions_announced_idx")
                .doesNotContain("Seq Scan on form_submissions")
                .doesNotContain("Seq Scan on conversations");
    }

    @Test
    void untold_signatures_are_found_by_the_time_of_the_signature() {
        String contracts = """
                INSERT INTO core.contracts (company_id, deal_id, lead_id, template_id, name, status, autentique_id, idempotency_key,
                                            request_hash, updated_at)
                SELECT :company, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'Contrato', 'signed', 'd' || n, 'k' || n, '\\x00',
                       now() - n * interval '1 min'
                  FROM generate_series(1, 100000) AS n
                """;

        assertThat(plan("untold_signatures_v1", contracts, ANSWERED))
                .contains("contracts_signed_idx")
                .doesNotContain("Seq Scan on contracts")
                .doesNotContain("Seq Scan on conversations");
    }

    @Test
    void old_keys_are_found_by_their_age() {
        String keys = """
                INSERT INTO core.message_keys (company_id, instance_id, provider_key, created_at)
                SELECT :company, gen_random_uuid(), 'k' || n, now() - n * interval '1 min'
                  FROM generate_series(1, 100000) AS n
                """;

        assertThat(plan("forget_message_keys_v1", keys))
                .contains("message_keys_age_idx", "Tid Scan")
                .doesNotContain("Seq Scan");
    }

    private static String plan(String function, String... filling) {
        return plans().of(function, WINDOW, filling);
    }

    private static Plans plans() {
        return Plans.on(Admin.get());
    }
}
