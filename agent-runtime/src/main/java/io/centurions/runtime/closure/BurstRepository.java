package io.centurions.runtime.closure;

import io.centurions.platform.loops.Claim;
import io.centurions.platform.tenancy.Database;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Claims due turns, reads what a claimed turn answers to, and holds or gives back its lease. Each is one round trip. */
@ApplicationScoped
class BurstRepository {

    private static final String CLAIM = "SELECT * FROM core.claim_due_turns_v2($1, $2::text::interval)";

    private static final String HOLD = "SELECT core.hold_turns_v1($1, $2, $3, $4::text::interval)";

    private static final String RELEASE = "SELECT core.release_turns_v1($1, $2, $3)";

    /** Ends a burst at $5, and its lease. Words that came since then are the next burst, by their own deadline. */
    static final String END_BURST = """
            answered_seq = $5, lease_until = NULL, updated_at = clock_timestamp(),
            burst_started_at = CASE WHEN inbound_seq > $5 THEN clock_timestamp() END,
            turn_due_at = CASE WHEN inbound_seq > $5 THEN coalesce(turn_due_at, clock_timestamp()) END
            """;

    private static final String CLOSE = """
            UPDATE core.conversations
               SET %s
             WHERE company_id = $1 AND id = $2 AND fence = $3 AND epoch = $4 AND state = 'ai' AND answered_seq < $5
            """.formatted(END_BURST);

    /**
     * Everything that a turn needs to know, in one statement and one snapshot, because it stands between the deadline and the model.
     * The fence says whether the turn is still ours, the epoch whether a person came. The newest messages that were said, enough of
     * them that bubbles sent meanwhile push nothing out that is to be answered; what of the last reply was not said, as newer words
     * drop it, comes marked, and so does what may yet turn out not to have been: its call is on the wire, or it is still to be said, as none
     * of these words drops it (an answer to a talkative lead). What is to be answered comes last, in its order: by the clock a word whose
     * transaction waited may lie before a bubble that was planned meanwhile, and the model would take it for answered. So do the words
     * before it whose answers were dropped whole, back to the last turn that spoke, decided to be silent, or was spoken for by a person;
     * and the bubbles of those answers take no place in the history. Words that were stored together have one time. A call from before the conversation was given back may yet turn out
     * not to have been made, and its words unanswered; under one epoch such calls only end, so where no person ever came nobody looks for one.
     * Served by primary keys, messages_timeline_idx, messages_open_bubbles_idx, lead_scores_newest_idx and the unique key of turns.
     */
    static final String READ = """
            SELECT c.id, c.lead_id, c.instance_id, c.channel, c.state, c.inbound_seq, c.answered_seq, c.fence, c.epoch, c.burst_started_at,
                   (extract(epoch FROM clock_timestamp() - coalesce(c.burst_started_at, clock_timestamp())) * 1000)::bigint AS age_ms,
                   g.id AS centurion_id, g.published_version, (g.published)::text AS published,
                   (SELECT (s.evidence)::text FROM core.lead_scores s
                     WHERE s.company_id = $1 AND s.lead_id = c.lead_id ORDER BY s.created_at DESC LIMIT 1) AS evidence,
                   core.spend_is_left_v1($1) AS spend_is_left,
                   c.epoch > 0 AND EXISTS (
                       SELECT FROM core.messages w
                        WHERE w.company_id = $1 AND w.conversation_id = $2 AND w.status = 'sending' AND w.call_fence <> 0
                          AND w.call_epoch < c.epoch) AS on_the_wire,
                   EXISTS (SELECT FROM core.turns t
                            WHERE t.company_id = $1 AND t.conversation_id = $2 AND t.origin = 'burst' AND t.purpose = 'courtesy'
                              AND t.to_seq > heard.seq) AS late,
                   (SELECT (jsonb_agg(h.message ORDER BY h.open_seq NULLS FIRST, h.created_at, h.seq, h.id))::text
                      FROM (SELECT m.created_at, m.seq, m.id, CASE WHEN m.direction = 'in' AND m.seq > heard.seq THEN m.seq END AS open_seq,
                                   jsonb_build_object(
                                       'id', m.id, 'seq', m.seq, 'kind', m.kind, 'text', m.text, 'transcript', m.transcript,
                                       'media', m.media, 'trace', CASE m.direction WHEN 'in' THEN m.trace END,
                                       'coming', (m.media ->> 'state' = 'pending' AND d.message_id IS NULL)
                                           OR (m.media ->> 'ask_again_at')::timestamptz > clock_timestamp(),
                                       'waited_ms', (extract(epoch FROM clock_timestamp() - coalesce((m.media ->> 'waited_since')::timestamptz,
                                           CASE WHEN m.media ->> 'state' = 'pending' AND d.message_id IS NULL THEN m.created_at END)) * 1000)::bigint,
                                       'settled', (m.media ->> 'settled_until')::timestamptz > clock_timestamp(),
                                       'said', CASE WHEN m.status = 'sending' OR m.status = 'planned' AND m.seen_seq >= c.inbound_seq
                                                    THEN 'soon'
                                                    WHEN m.status IN ('planned', 'superseded') THEN 'never' END) AS message
                              FROM core.messages m
                              LEFT JOIN core.media d ON d.company_id = $1 AND d.message_id = m.id AND d.state <> 'waiting'
                             WHERE m.company_id = $1 AND m.conversation_id = $2
                               AND (m.status NOT IN ('planned', 'superseded', 'failed')
                                    OR (m.seen_seq >= c.answered_seq AND m.purpose IN ('answer', 'follow_up', 'first_contact')
                                        AND (m.status = 'planned' OR (m.status = 'superseded' AND m.failure = 'newer_words'))))
                             ORDER BY m.created_at DESC, m.seq DESC, m.id DESC
                             LIMIT $5 + c.inbound_seq - heard.seq + heard.dropped) AS h) AS history
              FROM core.conversations c
              LEFT JOIN LATERAL (
                   SELECT m.turn_id, m.created_at
                     FROM core.messages m
                    WHERE m.company_id = $1 AND m.conversation_id = $2 AND m.purpose IN ('answer', 'handover')
                      AND m.status NOT IN ('superseded', 'failed')
                      AND (m.status <> 'planned' OR m.purpose = 'handover' OR m.seen_seq >= c.inbound_seq)
                    ORDER BY m.created_at DESC
                    LIMIT 1) AS spoken ON true
             CROSS JOIN LATERAL (
                   SELECT CASE count(*) WHEN 0 THEN c.answered_seq
                               ELSE greatest(min(t.from_seq) - 1, CASE WHEN c.epoch > 0 THEN (
                                   SELECT max(p.seen_seq) FROM core.messages p
                                    WHERE p.company_id = $1 AND p.conversation_id = $2 AND p.author = 'person'
                                      AND p.seen_seq <= c.answered_seq) END) END AS seq,
                          count(*) AS dropped
                     FROM core.messages m
                     JOIN core.turns t ON t.company_id = $1 AND t.id = m.turn_id
                    WHERE m.company_id = $1 AND m.conversation_id = $2 AND m.purpose IN ('answer', 'handover')
                      AND m.created_at > coalesce(spoken.created_at, '-infinity') AND m.turn_id IS DISTINCT FROM spoken.turn_id
                      AND t.to_seq <= c.answered_seq
                      AND NOT EXISTS (
                          SELECT FROM core.turns s
                           WHERE s.company_id = $1 AND s.conversation_id = $2 AND s.origin = 'burst' AND s.outcome = 'silence'
                             AND s.to_seq BETWEEN t.to_seq AND c.answered_seq)
                      AND (c.epoch = 0 OR NOT EXISTS (
                          SELECT FROM core.messages p
                           WHERE p.company_id = $1 AND p.conversation_id = $2 AND p.author = 'person' AND p.seen_seq >= t.to_seq))) AS heard
              LEFT JOIN core.channel_instances i ON i.company_id = $1 AND i.id = c.instance_id
              LEFT JOIN core.centurion_configs g ON g.company_id = $1 AND g.id = i.centurion_id AND g.published IS NOT NULL
             WHERE c.company_id = $1 AND c.id = $2 AND c.fence = $3 AND c.epoch = $4 AND c.state = 'ai'
            """;

    private final Database database;
    private final ReadBurst readBurst;
    private final ClosureConfig config;

    BurstRepository(Database database, ReadBurst readBurst, ClosureConfig config) {
        this.database = database;
        this.readBurst = readBurst;
        this.config = config;
    }

    /** Due turns, ours for a lease from now on, and when the next one will be due. */
    Claim<DueTurn> claim(int most) {
        List<DueTurn> turns = new ArrayList<>();
        Duration next = null;
        for (Row row : database.call(CLAIM, most, config.lease().toString())) {
            if (row.getUUID("conversation_id") == null) {
                next = Duration.ofMillis(row.getInteger("next_ms"));
            } else {
                turns.add(DueTurn.of(row));
            }
        }
        return new Claim<>(turns, next);
    }

    /** Why a claimed turn is not worked on, or what it answers to. */
    sealed interface Found {
        record Ready(Burst burst) implements Found {}

        /** Another replica or a person has the conversation. */
        record Lost() implements Found {}

        /** No configuration was published for this instance. */
        record Unconfigured() implements Found {}

        /**
         * A call from before the conversation was given back is on the wire: how it ends decides what waits for an answer. What a turn
         * plans could not leave before that, so waiting costs the lead no more than the time to think.
         */
        record Undecided() implements Found {}

        /** The company's plan pays for no model any more. */
        record OverPlan() implements Found {}

        /** None of the messages is there any more, up to the last one's number: they were erased since they came. */
        record Erased(long lastSeq) implements Found {}
    }

    Found read(DueTurn turn) {
        return database
                .onceAsCompany(
                        turn.company(),
                        READ,
                        turn.company().value(),
                        turn.conversation().value(),
                        turn.fence(),
                        turn.epoch(),
                        (long) config.historyMost())
                .stream()
                .findFirst()
                .map(row -> readBurst.of(turn, row))
                .orElseGet(Found.Lost::new);
    }

    /** Ends a burst that nobody answers, up to that number, if the turn is still ours. */
    void close(DueTurn turn, long lastSeq) {
        database.onceAsCompany(
                turn.company(),
                CLOSE,
                turn.company().value(),
                turn.conversation().value(),
                turn.fence(),
                turn.epoch(),
                lastSeq);
    }

    /** Renews the leases of those that are still ours. */
    void hold(List<DueTurn> turns) {
        database.call(
                HOLD,
                companies(turns),
                conversations(turns),
                fences(turns),
                config.lease().toString());
    }

    /** Gives the leases back of those that are still ours. */
    void release(List<DueTurn> turns) {
        database.call(RELEASE, companies(turns), conversations(turns), fences(turns));
    }

    private static UUID[] companies(List<DueTurn> turns) {
        return turns.stream().map(turn -> turn.company().value()).toArray(UUID[]::new);
    }

    private static UUID[] conversations(List<DueTurn> turns) {
        return turns.stream().map(turn -> turn.conversation().value()).toArray(UUID[]::new);
    }

    private static Long[] fences(List<DueTurn> turns) {
        return turns.stream().map(DueTurn::fence).toArray(Long[]::new);
    }
}
