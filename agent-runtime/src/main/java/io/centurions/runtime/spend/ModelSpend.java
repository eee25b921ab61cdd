package io.centurions.runtime.spend;

import dev.langchain4j.model.output.TokenUsage;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.loops.Failures;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * What models cost a company this month. Every answer is counted, also one that newer words made void: it is
 * paid for. A transcription tells no tokens and is not counted.
 */
@ApplicationScoped
public class ModelSpend {

    private static final Logger LOG = Logger.getLogger(ModelSpend.class);
    private static final String COUNT = "SELECT core.count_model_call_v1($1, $2, $3, $4)";
    private static final String IS_LEFT = "SELECT core.spend_is_left_v1($1) AS is_left";

    private final Database database;
    private final MeterRegistry meters;

    ModelSpend(Database database, MeterRegistry meters) {
        this.database = database;
        this.meters = meters;
    }

    /**
     * Counts an answer of a model, committed. Nobody's turn ends because it could not be: the words are there
     * and were paid for.
     *
     * @param model as the price list names it
     * @param usage as the model told it; null when it told nothing
     */
    public void count(CompanyId company, String model, TokenUsage usage) {
        int input = usage == null ? 0 : orZero(usage.inputTokenCount());
        int output = usage == null ? 0 : orZero(usage.outputTokenCount());
        try {
            database.onceAsCompany(company, COUNT, company.value(), model, input, output);
        } catch (RuntimeException failure) {
            meters.counter("model_calls_uncounted_total").increment();
            LOG.warnf(
                    "an answer of a model was not counted against the plan company_id=%s: %s",
                    company, Failures.place(failure));
        }
    }

    /** Whether the company's plan lets a model be asked now. */
    public boolean isLeft(Tx tx) {
        return tx.first(IS_LEFT, tx.company().value()).orElseThrow().getBoolean("is_left");
    }

    private static int orZero(Integer tokens) {
        return tokens == null ? 0 : tokens;
    }
}
