package io.centurions.evolution.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.evolution.Simulated;
import io.centurions.evolution.TestInstance;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.KeptStreams;
import io.centurions.platform.testkit.cut.EveryStep;
import io.centurions.platform.testkit.cut.Moment;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A new lead writes; as soon as that is stored, a reply of two bubbles is planned, as a turn would have done. */
final class MessageAndReply implements EveryStep.Scene {

    private static final AtomicLong LEADS = new AtomicLong();
    private static final List<String> REPLY = List.of("Oi, Maria!", "Qual é o seu orçamento?");

    private final TestInstance instance;
    private final KeptStreams streams;
    private final String from;
    private boolean planned;

    private MessageAndReply(TestInstance instance, KeptStreams streams, String from) {
        this.instance = instance;
        this.streams = streams;
        this.from = from;
    }

    static MessageAndReply sent(TestInstance instance, KeptStreams streams) {
        var scene = new MessageAndReply(instance, streams, "55119" + (99_990_000 + LEADS.incrementAndGet()));
        Simulated.write(instance.name(), scene.from, "CRASH-" + scene.from, "Oi, tudo bem?");
        scene.planOnce();
        return scene;
    }

    @Override
    public boolean settled() {
        planOnce();
        return planned
                && column("status").stream().noneMatch(List.of("planned", "sending")::contains)
                && Admin.get()
                                .count(
                                        "SELECT count(*) FROM core.outbox_evolution WHERE company_id = ? AND published_at IS NULL",
                                        company())
                        == 0;
    }

    @Override
    public void judge(String cutAt) {
        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.messages WHERE conversation_id = ? AND direction = 'in'",
                                conversation()))
                .isOne();
        assertThat(Admin.get().count("SELECT count(*) FROM core.takeovers WHERE conversation_id = ?", conversation()))
                .as("our own echo is no person")
                .isZero();
        streams.haveAllThatIsMarked(company());
        List<Object> received = Simulated.received(instance.name(), from).stream()
                .map(bubble -> bubble.get("text"))
                .toList();
        assertThat(received).as("never twice, in order").doesNotHaveDuplicates();
        assertThat(REPLY).containsSubsequence(received.toArray(String[]::new));
        assertThat(received)
                .as("what is missing is listed as unknown")
                .hasSizeGreaterThanOrEqualTo(2 - unknown().size());
        // The call that is cut before the server sees it: nobody can tell it from one whose answer was lost. Where the
        // server has the message, its store tells; where a claim or a settle was cut, the sender lives and knows.
        boolean neverSeen = cutAt.startsWith(Moment.BEFORE.name()) && cutAt.contains("sendText");
        assertThat(unknown())
                .as("only a send that was cut off itself may be unknown")
                .hasSizeLessThanOrEqualTo(neverSeen ? 1 : 0);
    }

    private List<Map<String, Object>> unknown() {
        return Admin.get()
                .query(
                        "SELECT position, failure, attempts FROM core.messages WHERE conversation_id = ? AND status = 'unknown' ORDER BY position",
                        conversation());
    }

    private void planOnce() {
        if (planned || conversations().isEmpty()) {
            return;
        }
        planned = true;
        Admin.get().execute("""
                        INSERT INTO core.messages (company_id, conversation_id, direction, author, reply_id, position, purpose, seen_seq,
                                                   kind, text, status, pace_ms)
                        SELECT ?, ?, 'out', 'machine', ?, place - 1, 'answer', 1, 'text', said, 'planned', 20
                          FROM unnest(ARRAY[?, ?]) WITH ORDINALITY AS t (said, place)
                        """, company(), conversation(), UUID.randomUUID(), REPLY.getFirst(), REPLY.getLast());
    }

    private List<Object> column(String name) {
        return Admin.get()
                .query(
                        "SELECT " + name
                                + " AS value FROM core.messages WHERE conversation_id = ? AND direction = 'out' ORDER BY created_at, position",
                        conversation())
                .stream()
                .map(row -> row.get("value"))
                .toList();
    }

    private UUID conversation() {
        return (UUID) conversations().getFirst().get("id");
    }

    private List<Map<String, Object>> conversations() {
        return Admin.get()
                .query(
                        "SELECT id FROM core.conversations WHERE company_id = ? AND chat_ref LIKE ?",
                        company(),
                        from + "%");
    }

    private UUID company() {
        return instance.company().company().value();
    }
}
