package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.sql.Connection;
import java.time.OffsetDateTime;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A sender whose claim was cut off renews its delivery while somebody else's claim, or that claim itself, is under way: who commits
 * first has the conversation, the other learns that it has not.
 */
class LostClaimRaceTest {

    private static final OffsetDateTime RESOLVED = NOON.plusSeconds(45);
    private static final String CLAIM_DELIVERY =
            "SELECT delivery_fence FROM core.claim_deliveries_v1(ARRAY['whatsapp'], 100, 'PT30S', ?) WHERE conversation_id = ?";
    private static final String CLAIM_BUBBLE = "SELECT verdict FROM core.claim_bubble_v1(?, ?, 'PT30S', 'PT10S', ?)";
    private static final String RENEW = "SELECT core.renew_delivery_v1(?, ?, 'PT30S', ?)::text AS out";

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Chat chat = Chat.answered(database, company);
    private long fence;

    @BeforeEach
    void a_claim_whose_answer_is_lost() {
        database.calm();
        chat.plan("um");
        fence = chat.claimDelivery(NOON).getFirst();
    }

    @Test
    void a_successor_that_claims_first_keeps_what_it_has_to_resolve() throws Exception {
        chat.begin(fence, NOON);

        JsonNode renewed = whileUncommitted(() -> renew(fence, RESOLVED), CLAIM_DELIVERY, RESOLVED, chat.id());

        assertThat(renewed.path("delivery_fence").isNull()).isTrue();
        assertThat(chat.said()).isEqualTo("um=sending");
        assertThat(chat.claimBubble(fence + 1, RESOLVED))
                .containsEntry("verdict", "resolve")
                .containsEntry("attempt", 2);
    }

    @Test
    void a_successor_that_comes_while_it_is_renewed_gets_nothing() throws Exception {
        chat.begin(fence, NOON);

        try (Connection renewing = begun(RENEW, chat.id(), fence, RESOLVED)) {
            assertThat(chat.claimDelivery(RESOLVED)).isEmpty();
            renewing.commit();
        }

        assertThat(chat.claimDelivery(RESOLVED)).isEmpty();
        assertThat(chat.claimBubble(fence + 1, RESOLVED))
                .containsEntry("verdict", "send")
                .containsEntry("attempt", 1);
    }

    @Test
    void a_cut_claim_that_is_committed_first_is_taken_back() throws Exception {
        JsonNode renewed = whileUncommitted(() -> renew(fence, NOON), CLAIM_BUBBLE, chat.id(), fence, NOON);

        assertThat(chat.said()).isEqualTo("um=planned");
        assertThat(chat.claimBubble(renewed.path("delivery_fence").asLong(), NOON))
                .containsEntry("verdict", "send")
                .containsEntry("attempt", 1);
    }

    @Test
    void a_cut_claim_that_arrives_while_it_is_renewed_puts_nothing_on_the_wire() throws Exception {
        var late = whileUncommitted(() -> chat.claimBubble(fence, NOON), RENEW, chat.id(), fence, NOON);

        assertThat(late).containsEntry("verdict", "none");
        assertThat(chat.said()).isEqualTo("um=planned");
    }

    private JsonNode renew(long of, OffsetDateTime at) {
        return ConversationDatabase.json(database.asCompany(EVOLUTION, company.id(), RENEW, chat.id(), of, at)
                .getFirst()
                .get("out"));
    }

    /** What the second was told, who came while the first statement was not committed and waited for it. */
    private <T> T whileUncommitted(Callable<T> second, String first, Object... parameters) throws Exception {
        try (ExecutorService other = Executors.newSingleThreadExecutor();
                Connection open = begun(first, parameters)) {
            Future<T> told = other.submit(second);
            await().until(() -> database.count("SELECT count(*) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                    == 1);
            open.commit();
            return told.get();
        }
    }

    private Connection begun(String sql, Object... parameters) throws Exception {
        Connection open = database.connect(EVOLUTION);
        open.setAutoCommit(false);
        ConversationDatabase.run(
                open, "SELECT set_config('request.jwt.claims', ?, true)", "{\"company_id\":\"" + company.id() + "\"}");
        assertThat(ConversationDatabase.run(open, sql, parameters)).hasSize(1);
        return open;
    }
}
