package io.centurions.runtime.closure;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.think.Line;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a turn reads of its conversation. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class ReadBurstIT {

    @TestHTTPResource
    URI self;

    @Inject
    Secrets secrets;

    @Inject
    BurstRepository bursts;

    @Inject
    Database database;

    /** Its transaction began first and waited for the conversation: by the clock it lies before what was said meanwhile. */
    @Test
    void what_is_to_be_answered_comes_last_and_in_its_order_whatever_the_clock_says() {
        WaitingBurst waiting = WaitingBurst.of("http://localhost:" + self.getPort(), secrets);
        waiting.scene().writes("telegram", "e o preço?");
        waiting.scene().writes("telegram", "obrigada");
        // The first word was answered, after the other two had begun to arrive.
        waiting.change("answered_seq = 1");
        Admin.get()
                .execute(
                        "UPDATE core.messages SET created_at = created_at - seq * interval '1 minute' WHERE company_id = ?",
                        waiting.company());

        assertThat(texts(waiting)).containsExactly("oi", "e o preço?", "obrigada");
    }

    @Test
    void bubbles_that_were_sent_meanwhile_push_nothing_out_that_is_to_be_answered() {
        WaitingBurst waiting = WaitingBurst.of("http://localhost:" + self.getPort(), secrets);
        Admin.get()
                .execute(
                        "INSERT INTO core.messages (company_id, conversation_id, direction, author, reply_id, position, purpose, seen_seq,"
                                + " kind, text, status) SELECT ?, ?, 'out', 'machine', core.uuid7(), 0, 'courtesy', 1, 'text', 'um momento',"
                                + " 'accepted' FROM generate_series(1, 30)",
                        waiting.company(),
                        waiting.turn().conversation().value());

        assertThat(texts(waiting)).contains("um momento").endsWith("oi");
    }

    @Test
    void a_call_on_the_wire_is_looked_for_only_where_a_person_came_once() {
        WaitingBurst waiting = WaitingBurst.of("http://localhost:" + self.getPort(), secrets);

        assertThat(lookForACall(waiting, 0)).contains("never executed");

        waiting.change("epoch = 2");
        assertThat(lookForACall(waiting, 2))
                .contains("messages_open_bubbles_idx")
                .doesNotContain("never executed");
    }

    // What PostgreSQL did of it to read this burst.
    private String lookForACall(WaitingBurst waiting, long epoch) {
        DueTurn turn = waiting.turn();
        return database
                .onceAsCompany(
                        turn.company(),
                        "EXPLAIN (ANALYZE, TIMING OFF) " + BurstRepository.READ,
                        turn.company().value(),
                        turn.conversation().value(),
                        turn.fence(),
                        epoch,
                        30L)
                .stream()
                .map(row -> row.getString(0))
                .filter(line -> line.contains("on messages w "))
                .collect(Collectors.joining());
    }

    private List<String> texts(WaitingBurst waiting) {
        var ready = (BurstRepository.Found.Ready) bursts.read(waiting.turn());
        return ready.burst().lines().stream().map(Line::text).toList();
    }
}
