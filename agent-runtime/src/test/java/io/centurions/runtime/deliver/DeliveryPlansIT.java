package io.centurions.runtime.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Plans;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each gateway looks several times a second for what it is to deliver, so that what others deliver must cost it nothing. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class DeliveryPlansIT {

    private static final String BUBBLES = """
            INSERT INTO core.messages (company_id, conversation_id, direction, author, reply_id, position, purpose, kind, text, status,
                                       leaves_by, created_at)
            SELECT :company, gen_random_uuid(), 'out', 'machine', gen_random_uuid(), 0, 'answer', 'text', 'Olá', '%s', '%s',
                   now() - n * interval '1 s'
              FROM generate_series(1, %d) AS n
            """;

    @Test
    void open_bubbles_are_found_by_their_channel_without_those_that_rest() {
        String plan = Plans.on(Admin.get())
                .of(
                        "claim_deliveries_v1",
                        Map.of("p_channels", "ARRAY['instagram', 'telegram']", "p_now", "now()"),
                        BUBBLES.formatted("read", "telegram", 100_000),
                        BUBBLES.formatted("planned", "whatsapp", 9_000),
                        BUBBLES.formatted("planned", "telegram", 9_000),
                        "UPDATE core.messages SET due_at = now() + interval '5 min' WHERE leaves_by = 'telegram'",
                        BUBBLES.formatted("planned", "telegram", 50));

        assertThat(plan)
                .contains("messages_leaving_idx")
                .containsPattern("Index Cond: .*leaves_by.*due_at")
                .doesNotContain("messages_open_bubbles_idx")
                .doesNotContain("Seq Scan on messages");
    }

    @Test
    void bubbles_whose_end_nobody_knows_are_listed_without_reading_the_others() {
        String plan = Plans.on(Admin.get())
                .ofStatement(
                        "SELECT * FROM core.unknown_bubbles_v1 LIMIT $1",
                        "postgres",
                        1_000,
                        BUBBLES.formatted("read", "telegram", 100_000),
                        BUBBLES.formatted("unknown", "whatsapp", 50));

        assertThat(plan).contains("messages_unknown_idx").doesNotContain("Seq Scan on messages");
    }
}
