package io.centurions.runtime.closure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.contracts.id.MessageId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import io.centurions.runtime.qualify.Qualify;
import io.centurions.runtime.reply.Conversation;
import io.centurions.runtime.reply.ConversationRepository;
import io.centurions.runtime.reply.TurnRecord.Origin;
import io.centurions.runtime.reply.TurnRepository;
import io.centurions.runtime.think.CenturionConfigs;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads what a claimed turn answers to, and holds its lease while it is worked on. */
@ApplicationScoped
class BurstRepository {

    static final String CLAIM = "SELECT * FROM core.claim_due_turns_v1($1, $2::text::interval)";

    /** Served by the primary key. The fence says whether the turn is still ours, the epoch whether a person came. */
    private static final String HOLD = """
            UPDATE core.conversations
               SET lease_until = clock_timestamp() + $5::text::interval
             WHERE company_id = $1 AND id = $2 AND fence = $3 AND epoch = $4 AND state = 'ai'
            RETURNING (extract(epoch FROM clock_timestamp() - coalesce(burst_started_at, clock_timestamp())) * 1000)::bigint AS age_ms
            """;

    /**
     * The newest messages that were said; planned bubbles were not, and what a newer word superseded never will be. Served by
     * messages_timeline_idx.
     */
    private static final String HISTORY = """
            SELECT m.id, m.direction, m.seq, m.kind, m.text, m.transcript, (m.media)::text AS media, (m.trace)::text AS trace,
                   m.media ->> 'state' = 'pending' AND d.message_id IS NULL AS coming
              FROM core.messages m
              LEFT JOIN core.media d ON d.company_id = m.company_id AND d.message_id = m.id AND d.state <> 'waiting'
             WHERE m.company_id = $1 AND m.conversation_id = $2 AND m.status NOT IN ('planned', 'superseded', 'failed')
             ORDER BY m.created_at DESC, m.id DESC
             LIMIT greatest($3, (SELECT c.inbound_seq - c.answered_seq FROM core.conversations c
                                  WHERE c.company_id = $1 AND c.id = $2))
            """;

    private final Database database;
    private final ConversationRepository conversations;
    private final TurnRepository turns;
    private final Reading reading;
    private final ClosureConfig config;

    BurstRepository(
            Database database,
            ConversationRepository conversations,
            TurnRepository turns,
            Reading reading,
            ClosureConfig config) {
        this.database = database;
        this.conversations = conversations;
        this.turns = turns;
        this.reading = reading;
        this.config = config;
    }

    /** What else has to be read for a turn. */
    @Singleton
    record Reading(CenturionConfigs configs, Qualify qualify, ObjectMapper json) {}

    List<DueTurn> claim(int most) {
        return database.call(CLAIM, most, config.lease().toString()).stream()
                .map(DueTurn::of)
                .toList();
    }

    /** Why a claimed turn is not worked on, or what it answers to. */
    sealed interface Found {
        record Ready(Burst burst) implements Found {}

        /** Another replica or a person has the conversation. */
        record Lost() implements Found {}

        /** No configuration was published for this instance. */
        record Unconfigured() implements Found {}
    }

    Found read(DueTurn turn) {
        return database.asCompany(turn.company(), tx -> {
            Optional<Duration> age = hold(tx, turn);
            Optional<Conversation> conversation = age.flatMap(held -> conversations.find(tx, turn.conversation()));
            if (conversation.isEmpty()) {
                return new Found.Lost();
            }
            return reading.configs()
                    .published(tx, conversation.get().instance())
                    .<Found>map(published -> new Found.Ready(new Burst(
                            turn,
                            conversation.get(),
                            published,
                            history(tx, turn),
                            reading.qualify().known(tx, conversation.get()),
                            age.get(),
                            askedToWait(tx, conversation.get()))))
                    .orElseGet(Found.Unconfigured::new);
        });
    }

    /** Renews the lease; empty when the turn is not ours any more. */
    boolean stillOurs(DueTurn turn) {
        return database.asCompany(turn.company(), tx -> hold(tx, turn).isPresent());
    }

    private Optional<Duration> hold(Tx tx, DueTurn turn) {
        return tx.first(
                        HOLD,
                        turn.company().value(),
                        turn.conversation().value(),
                        turn.fence(),
                        turn.epoch(),
                        config.lease().toString())
                .map(row -> Duration.ofMillis(row.getLong("age_ms")));
    }

    private boolean askedToWait(Tx tx, Conversation conversation) {
        Origin burst = Origin.burst(conversation.progress().answeredSeq() + 1);
        return turns.has(tx, conversation.id(), burst, "courtesy");
    }

    private List<Heard> history(Tx tx, DueTurn turn) {
        return tx
                .query(HISTORY, turn.company().value(), turn.conversation().value(), (long) config.historyMost())
                .reversed()
                .stream()
                .map(this::heard)
                .toList();
    }

    private Heard heard(Row row) {
        boolean fromLead = "in".equals(row.getString("direction"));
        return new Heard(
                MessageId.of(row.getUUID("id")),
                fromLead ? row.getLong("seq") : 0,
                row.getString("kind"),
                row.getString("text"),
                row.getString("transcript"),
                parse(row.getString("media")),
                Boolean.TRUE.equals(row.getBoolean("coming")),
                parse(row.getString("trace")));
    }

    private JsonNode parse(String stored) {
        try {
            return stored == null
                    ? reading.json().missingNode()
                    : reading.json().readTree(stored);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a jsonb column held something that is not JSON", impossible);
        }
    }
}
