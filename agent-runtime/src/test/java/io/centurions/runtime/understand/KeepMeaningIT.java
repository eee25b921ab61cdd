package io.centurions.runtime.understand;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.id.MessageId;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.Companies.DemoCompany;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.think.Thinking;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A judgement is written down once, also when whoever wrote it did not hear that it was. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class KeepMeaningIT {

    private static final Thinking.Usage PAID = new Thinking.Usage("whisper", 7, 0, 0);

    private static final UUID CALL = UUID.randomUUID();

    @Inject
    KeepMeaning keep;

    private DemoCompany demo;
    private MessageId message;

    @BeforeEach
    void a_voice_message() {
        demo = Companies.make("ouve");
        message = MessageId.of((UUID) Admin.get()
                .queryOne("""
                        WITH lead AS (INSERT INTO core.leads (company_id, source) VALUES (?, 'telegram') RETURNING company_id, id),
                        chat AS (
                            INSERT INTO core.conversations (company_id, lead_id, instance_id, channel, chat_ref)
                            SELECT company_id, id, ?, 'telegram', '77' FROM lead RETURNING company_id, id)
                        INSERT INTO core.messages (company_id, conversation_id, direction, author, seq, kind, media, status)
                        SELECT company_id, id, 'in', 'lead', 1, 'audio', '{"type":"voice"}', 'received' FROM chat RETURNING id
                        """, demo.company().value(), demo.telegram().value())
                .get("id"));
    }

    @Test
    void a_repeated_write_counts_nothing_twice() {
        keep.keep(demo.company(), message, CALL, new Meaning("oi", PAID));
        keep.keep(demo.company(), message, CALL, new Meaning("oi", PAID));

        assertThat(row()).containsEntry("transcript", "oi");
        assertThat(counted()).isEqualTo(7);
    }

    @Test
    void nor_does_that_of_nothing() {
        keep.keep(demo.company(), message, CALL, new Meaning(null, PAID));
        keep.keep(demo.company(), message, CALL, new Meaning(null, PAID));

        assertThat(row()).containsEntry("settled_until", "infinity");
        assertThat(counted()).isEqualTo(7);
    }

    @Test
    void two_calls_about_one_media_cost_twice() {
        keep.keep(demo.company(), message, CALL, new Meaning("oi", PAID));
        keep.keep(demo.company(), message, UUID.randomUUID(), new Meaning(null, PAID));

        assertThat(row()).containsEntry("transcript", "oi");
        assertThat(counted()).isEqualTo(14);
    }

    @Test
    void that_there_is_no_file_costs_nothing() {
        keep.keep(demo.company(), message, CALL, Meaning.NONE);

        assertThat(row()).containsEntry("settled_until", "infinity");
        assertThat(counted()).isZero();
    }

    @Test
    void what_was_erased_meanwhile_cost_something_too() {
        keep.keep(demo.company(), MessageId.random(), CALL, new Meaning("oi", PAID));

        assertThat(counted()).isEqualTo(7);
    }

    @Test
    void no_words_are_kept_of_what_its_lead_took_back_but_what_they_cost() {
        Admin.get().execute("UPDATE core.messages SET deleted_at = now(), media = NULL WHERE id = ?", message.value());

        keep.keep(demo.company(), message, CALL, new Meaning("oi", PAID));
        keep.keep(demo.company(), message, CALL, new Meaning("oi", PAID));

        assertThat(row()).containsEntry("transcript", null);
        assertThat(counted()).isEqualTo(7);
    }

    @Test
    void how_long_it_is_waited_for_counts_from_when_it_was_first_asked_about() {
        keep.putOff(demo.company(), message, Duration.ofSeconds(2), Duration.ofSeconds(60));
        keep.putOff(demo.company(), message, Duration.ofSeconds(7), Duration.ofSeconds(1));

        assertThat(Admin.get().queryOne("""
                        SELECT clock_timestamp() - (media ->> 'waited_since')::timestamptz BETWEEN '60 s' AND '90 s' AS since_the_first,
                               (media ->> 'ask_again_at')::timestamptz - clock_timestamp() BETWEEN '2.5 s' AND '7 s' AS by_the_last
                          FROM core.messages WHERE id = ?
                        """, message.value()))
                .containsEntry("since_the_first", true)
                .containsEntry("by_the_last", true);
    }

    @Test
    void a_failure_that_comes_late_undoes_no_judgement() {
        keep.keep(demo.company(), message, CALL, new Meaning(null, PAID));

        keep.leave(demo.company(), message, Duration.ofMinutes(1));
        keep.putOff(demo.company(), message, Duration.ofSeconds(2), Duration.ZERO);

        assertThat(Admin.get()
                        .queryOne("SELECT media - 'type' AS media FROM core.messages WHERE id = ?", message.value()))
                .hasToString("{media={\"settled_until\": \"infinity\"}}");
    }

    private Map<String, Object> row() {
        return Admin.get()
                .queryOne(
                        "SELECT transcript, media ->> 'settled_until' AS settled_until FROM core.messages WHERE id = ?",
                        message.value());
    }

    private long counted() {
        return Admin.get()
                .count(
                        "SELECT coalesce(sum(used), 0) FROM core.usage_months WHERE company_id = ? AND what = 'inputTokens'",
                        demo.company().value());
    }
}
