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

    private static final String READ = "SELECT * FROM core.read_burst_v1($1, $2, $3, $4, $5)";

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
