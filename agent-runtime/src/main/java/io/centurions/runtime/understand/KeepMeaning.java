package io.centurions.runtime.understand;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.MessageId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.KeepTrying;
import io.centurions.runtime.spend.ModelSpend;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Writes down what was understood of a media, or when it may be asked about again. Each is one round trip.
 */
@ApplicationScoped
class KeepMeaning {

    // One statement, so that no transcript is kept uncounted, and none is asked and counted twice.
    private static final String KEEP = """
            WITH kept AS (
                UPDATE core.messages SET transcript = $3
                 WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL AND $3::text IS NOT NULL)
            SELECT core.count_model_call_v2($1, $4, $5, $6, $7) AS kept_from
            """;

    private static final String PUT_OFF = """
            UPDATE core.messages
               SET media = media || jsonb_build_object('ask_again_at', clock_timestamp() + $3::text::interval)
             WHERE company_id = $1 AND id = $2
            """;

    private static final Duration WRITE_WITHIN = Duration.ofSeconds(15);

    private final Database database;
    private final ModelSpend spend;

    KeepMeaning(Database database, ModelSpend spend) {
        this.database = database;
        this.spend = spend;
    }

    /** Also of an answer that made nothing of the media: it is counted. */
    void keep(CompanyId company, MessageId message, Meaning meaning) {
        var counted = database.onceAsCompany(
                company,
                KEEP,
                company.value(),
                message.value(),
                meaning.text(),
                meaning.paid().model(),
                meaning.paid().inputTokens(),
                meaning.paid().outputTokens(),
                meaning.paid().seconds());
        spend.uncounted(company, counted.getFirst().getString("kept_from"));
    }

    /** It cannot be had or understood now: no replica asks before, whatever becomes of this turn. */
    void putOff(CompanyId company, MessageId message, Duration wait) {
        KeepTrying.untilWritten(
                WRITE_WITHIN,
                () -> database.onceAsCompany(company, PUT_OFF, company.value(), message.value(), wait.toString()));
    }
}
