package io.centurions.runtime.understand;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.MessageId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.KeepTrying;
import io.centurions.runtime.spend.ModelSpend;
import io.centurions.runtime.think.Thinking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/**
 * Writes down what became of a media, for every replica and every later try of its turn: each is one round trip. Beside what
 * intake kept of it stands
 *
 * <ul>
 *   <li>{@code settled_until}: nobody asks about it before, and nobody waits for it; {@code infinity} when a model
 *       could make nothing of it or there is no file. With a transcript there is nothing to ask either.
 *   <li>{@code ask_again_at}: it could not be had then, nobody asks before, and the turn waits for it as long as it has
 *       patience.
 *   <li>{@code waited_since}: when it was first asked about in vain; what happened to its burst before does not count as waiting.
 * </ul>
 */
@ApplicationScoped
class KeepMeaning {

    // One statement, so that nothing is kept uncounted. The call stands on the message: the repeat of a write waits for
    // the row, finds it there and counts nothing. Of a message that was erased meanwhile only the cost is left.
    private static final String KEEP = """
            WITH kept AS (
                UPDATE core.messages
                   SET transcript = CASE WHEN deleted_at IS NULL THEN coalesce($3::text, transcript) ELSE transcript END,
                       media = CASE WHEN $3::text IS NULL AND deleted_at IS NULL THEN media || '{"settled_until": "infinity"}' ELSE media END,
                       counted_calls = CASE WHEN $4::text IS NULL THEN counted_calls ELSE array_append(counted_calls, $8::uuid) END
                 WHERE company_id = $1 AND id = $2 AND ($8::uuid = ANY (counted_calls)) IS NOT TRUE
                RETURNING id)
            SELECT CASE WHEN $4::text IS NOT NULL
                         AND (EXISTS (TABLE kept) OR NOT EXISTS (SELECT FROM core.messages WHERE company_id = $1 AND id = $2))
                        THEN core.count_model_call_v2($1, $4, $5, $6, $7) END AS kept_from
            """;

    // Not where another replica has got further: what was judged is asked about by nobody.
    private static final String LEAVE = """
            UPDATE core.messages
               SET media = media || jsonb_build_object('settled_until', clock_timestamp() + $3::text::interval)
             WHERE company_id = $1 AND id = $2 AND transcript IS NULL AND media ->> 'settled_until' IS DISTINCT FROM 'infinity'
            """;

    // What stands there already wins: the first asking is what it has been waited for since.
    private static final String PUT_OFF = """
            UPDATE core.messages
               SET media = jsonb_build_object('waited_since', clock_timestamp() - $4::text::interval)
                           || media || jsonb_build_object('ask_again_at', clock_timestamp() + $3::text::interval)
             WHERE company_id = $1 AND id = $2 AND transcript IS NULL AND media ->> 'settled_until' IS DISTINCT FROM 'infinity'
            """;

    private static final Duration WRITE_WITHIN = Duration.ofSeconds(15);

    private final Database database;
    private final ModelSpend spend;

    KeepMeaning(Database database, ModelSpend spend) {
        this.database = database;
        this.spend = spend;
    }

    /**
     * For good, also that nothing could be made of it; an answer of a model is counted, whatever it was worth.
     *
     * @param call which call said so: written down again it is counted no more, another about the same media is
     */
    void keep(CompanyId company, MessageId message, UUID call, Meaning meaning) {
        Thinking.Usage paid = meaning.paid() == null ? new Thinking.Usage(null, 0, 0) : meaning.paid();
        var counted = KeepTrying.untilWritten(
                WRITE_WITHIN,
                () -> database.onceAsCompany(
                        company,
                        KEEP,
                        company.value(),
                        message.value(),
                        meaning.text(),
                        paid.model(),
                        paid.inputTokens(),
                        paid.outputTokens(),
                        paid.seconds(),
                        call));
        spend.uncounted(company, counted.getFirst().getString("kept_from"));
    }

    /**
     * It cannot be had or understood now: no replica asks before, whatever becomes of this turn.
     *
     * @param asked how long asking took: the lead has waited for that, too
     */
    void putOff(CompanyId company, MessageId message, Duration wait, Duration asked) {
        write(company, PUT_OFF, company.value(), message.value(), wait.toString(), asked.toString());
    }

    /** Asking was refused: the turn does not wait for it, and no replica asks before. */
    void leave(CompanyId company, MessageId message, Duration wait) {
        write(company, LEAVE, company.value(), message.value(), wait.toString());
    }

    private void write(CompanyId company, String statement, Object... parameters) {
        KeepTrying.untilWritten(WRITE_WITHIN, () -> database.onceAsCompany(company, statement, parameters));
    }
}
