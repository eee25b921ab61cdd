package io.centurions.runtime.closure;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Plans;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.think.Line;
import io.centurions.runtime.think.Outcome;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Inject
    AnsweredBurst.Scenes scenes;

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

    /** One statement of the intake stores what several webhooks bring: at one time, under ids that tell of no order. */
    @Test
    void words_that_were_stored_together_stand_in_their_order_also_when_they_are_answered() {
        WaitingBurst waiting = WaitingBurst.of("http://localhost:" + self.getPort(), secrets);
        List<String> words =
                IntStream.rangeClosed(2, 12).mapToObj(Integer::toString).toList();
        words.forEach(word -> waiting.scene().writes("telegram", word));
        waiting.change("answered_seq = 12");
        Admin.get()
                .execute(
                        "UPDATE core.messages SET created_at = timestamptz '2026-01-01' WHERE company_id = ?",
                        waiting.company());
        // At one time, and found in another order than theirs.
        Admin.get()
                .execute(
                        "UPDATE core.messages SET id = overlay(id::text PLACING lpad((50 - seq)::text, 12, '0') FROM 25)::uuid"
                                + " WHERE company_id = ?",
                        waiting.company());
        waiting.scene().writes("telegram", "alô?");

        assertThat(texts(waiting).subList(1, 12)).isEqualTo(words);
    }

    @Test
    void bubbles_that_were_sent_meanwhile_push_nothing_out_that_is_to_be_answered() {
        WaitingBurst waiting = WaitingBurst.of("http://localhost:" + self.getPort(), secrets);
        sayThirtyTimes(waiting);

        assertThat(texts(waiting)).contains("um momento").endsWith("oi");
    }

    @Test
    void nor_do_answers_that_were_dropped_one_after_the_other() {
        AnsweredBurst answered = scenes.open(self, "Custa 90.");
        WaitingBurst waiting = answered.waiting();
        drop(waiting);
        waiting.scene().writes("telegram", "espera");
        assertThat(answered.commit(answered.read(), reply("Espero."))).isTrue();
        drop(waiting);
        sayThirtyTimes(waiting);
        waiting.scene().writes("telegram", "alô?");

        assertThat(texts(waiting)).hasSize(33).contains("um momento").endsWith("oi", "espera", "alô?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a silence", "a person"})
    void what_a_silence_or_a_person_has_dealt_with_since_its_answer_was_dropped_stands_where_it_was_said(String who) {
        AnsweredBurst answered = scenes.open(self, "Custa 90.");
        WaitingBurst waiting = answered.waiting();
        drop(waiting);
        waiting.scene().writes("telegram", "espera");
        assertThat(answered.commit(answered.read(), who.equals("a silence") ? new Outcome.Silence() : reply("Espero.")))
                .isTrue();
        drop(waiting);
        if (who.equals("a person")) {
            say("person", waiting, 1);
        }
        say("machine", waiting, 1);
        waiting.scene().writes("telegram", "alô?");

        assertThat(texts(givenBack(waiting)).subList(0, 2)).containsExactly("oi", "espera");
    }

    /** The answer that was dropped was to what a person has answered, and to a newer word. */
    @Test
    void what_a_person_has_answered_stands_where_it_was_said_also_when_newer_words_wait() {
        AnsweredBurst answered = scenes.open(self, "Custa 90.");
        WaitingBurst waiting = answered.waiting();
        drop(waiting);
        say("person", waiting, 1);
        waiting.scene().writes("telegram", "e onde fica?");
        waiting.change("answered_seq = 2");
        Admin.get().execute("UPDATE core.turns SET to_seq = 2 WHERE company_id = ?", waiting.company());
        waiting.scene().writes("telegram", "alô?");

        assertThat(texts(givenBack(waiting))).containsExactly("oi", "um momento", "e onde fica?", "alô?");
    }

    private static WaitingBurst givenBack(WaitingBurst waiting) {
        waiting.change("epoch = 2");
        DueTurn turn = waiting.turn();
        return new WaitingBurst(waiting.scene(), new DueTurn(turn.company(), turn.conversation(), turn.fence(), 2));
    }

    private static Outcome reply(String text) {
        return new Outcome.Reply(List.of(text));
    }

    private static void drop(WaitingBurst waiting) {
        Admin.get()
                .execute(
                        "UPDATE core.messages SET status = 'superseded', failure = 'newer_words' WHERE company_id = ?"
                                + " AND status = 'planned'",
                        waiting.company());
    }

    private static void sayThirtyTimes(WaitingBurst waiting) {
        say("machine", waiting, 30);
    }

    private static void say(String author, WaitingBurst waiting, int times) {
        Admin.get()
                .execute(
                        "INSERT INTO core.messages (company_id, conversation_id, direction, author, reply_id, position, purpose, seen_seq,"
                                + " kind, text, status) SELECT c.company_id, c.id, 'out', a.author, CASE a.author WHEN 'machine' THEN c.id END,"
                                + " 0, 'courtesy', c.inbound_seq, 'text', 'um momento', 'accepted'"
                                + " FROM core.conversations c, (SELECT ?::text AS author) AS a, generate_series(1, ?) WHERE c.company_id = ?",
                        author,
                        times,
                        waiting.company());
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
                        "EXPLAIN (ANALYZE, TIMING OFF) " + query(),
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

    /** Made once for all parameters: by what a conversation is found by, never by its company alone. */
    @Test
    void the_plan_that_is_kept_reads_one_conversation_however_many_there_are() {
        String kept = "SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off";
        String conversations = """
                INSERT INTO core.conversations (company_id, lead_id, instance_id, channel, chat_ref)
                SELECT :company, gen_random_uuid(), gen_random_uuid(), 'telegram', n::text FROM generate_series(1, 20000) AS n
                """;
        String messages = """
                INSERT INTO core.messages (company_id, conversation_id, direction, author, seq, kind, text, status)
                SELECT c.company_id, c.id, 'in', 'lead', n, 'text', 'oi', 'received'
                  FROM core.conversations c, generate_series(1, 5) AS n WHERE c.company_id = :company
                """;
        String turns = """
                INSERT INTO core.turns (company_id, conversation_id, origin, origin_id, purpose, from_seq, to_seq, outcome)
                SELECT c.company_id, c.id, 'burst', '1', 'answer', 1, 1, 'reply' FROM core.conversations c WHERE c.company_id = :company
                """;

        String plan =
                Plans.on(Admin.get()).ofStatement(query(), "runtime_app", 30, kept, conversations, messages, turns);

        assertThat(function("proconfig::text")).contains("plan_cache_mode=force_generic_plan", "enable_seqscan=off");
        assertThat(plan)
                .contains("$1", "conversations_pkey", "messages_timeline_idx", "messages_open_bubbles_idx")
                .doesNotContain("Seq Scan on messages")
                .doesNotContain("Seq Scan on conversations")
                .doesNotContain("Seq Scan on turns");
        assertThat(whole(plan, "on messages")).isNotEmpty().noneMatch(ReadBurstIT::byCompanyAlone);
        assertThat(whole(plan, "on turns")).isNotEmpty().noneMatch(ReadBurstIT::byCompanyAlone);
    }

    /** Each scan of a table, with the line that says by what its index is asked. */
    private static List<String> whole(String plan, String table) {
        List<String> lines = plan.lines().toList();
        return IntStream.range(0, lines.size() - 1)
                .filter(n -> lines.get(n).contains(table))
                .mapToObj(n -> lines.get(n) + lines.get(n + 1))
                .toList();
    }

    private static boolean byCompanyAlone(String scan) {
        return scan.endsWith("Index Cond: (company_id = $1)");
    }

    /** The function's own text, with places for its parameters. */
    private static String query() {
        String body = function("prosrc");
        return body.substring(body.indexOf("RETURN QUERY") + "RETURN QUERY".length(), body.lastIndexOf(';'))
                .replaceAll("\\bp_company\\b", "\\$1::uuid")
                .replaceAll("\\bp_conversation\\b", "\\$2::uuid")
                .replaceAll("\\bp_fence\\b", "\\$3::bigint")
                .replaceAll("\\bp_epoch\\b", "\\$4::bigint")
                .replaceAll("\\bp_history\\b", "\\$5::bigint");
    }

    private static String function(String what) {
        return (String) Admin.get()
                .queryOne("SELECT " + what + " AS it FROM pg_catalog.pg_proc WHERE oid = 'core.read_burst_v1'::regproc")
                .get("it");
    }

    private List<String> texts(WaitingBurst waiting) {
        var ready = (BurstRepository.Found.Ready) bursts.read(waiting.turn());
        return ready.burst().lines().stream().map(Line::text).toList();
    }
}
