package io.centurions.runtime.reply;

import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.TurnId;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;

/** The books of what the machine decided. */
@ApplicationScoped
public class TurnRepository {

    // The unique key is the promise that an origin gets one answer, one courtesy, one notice.
    private static final String RECORD = """
            INSERT INTO core.turns (company_id, id, conversation_id, origin, origin_id, purpose, from_seq, to_seq, fence, restarts,
                                    outcome, reason, model, input_tokens, output_tokens, committed_at)
            VALUES ($1, $2, $3, $4, $5, $6, nullif($7::bigint, 0), nullif($8::bigint, 0), $9, $10, $11, $12, $13, $14, $15,
                    clock_timestamp())
                ON CONFLICT (company_id, conversation_id, origin, origin_id, purpose) DO NOTHING
            """;

    /** @return empty when this origin already had a turn of this purpose: then nothing more is to be said */
    public Optional<TurnId> record(Tx tx, ConversationId conversation, TurnRecord turn) {
        TurnId id = TurnId.random();
        int inserted = tx.execute(
                RECORD,
                tx.company().value(),
                id.value(),
                conversation.value(),
                turn.origin().kind(),
                turn.origin().id(),
                turn.purpose().name().toLowerCase(Locale.ROOT),
                turn.heard().fromSeq(),
                turn.heard().toSeq(),
                turn.heard().fence(),
                turn.heard().restarts(),
                turn.outcome(),
                turn.reason(),
                turn.cost().model(),
                turn.cost().inputTokens(),
                turn.cost().outputTokens());
        return inserted == 1 ? Optional.of(id) : Optional.empty();
    }

    /** True when this origin already had a turn of this purpose. */
    public boolean has(Tx tx, ConversationId conversation, TurnRecord.Origin origin, String purpose) {
        return tx.first("""
                        SELECT 1 FROM core.turns
                         WHERE company_id = $1 AND conversation_id = $2 AND origin = $3 AND origin_id = $4 AND purpose = $5
                        """, tx.company().value(), conversation.value(), origin.kind(), origin.id(), purpose)
                .isPresent();
    }
}
