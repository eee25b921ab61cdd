package io.centurions.runtime.spend;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Tx;
import io.centurions.runtime.think.Thinking;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What models cost a company this month. Each answer is counted once, in the transaction that writes down
 * what came of it: a reply, a draft that newer words made void, a turn that is tried again, a transcript. So
 * what is written down is counted, and nothing is counted of which nothing is known. A turn that is tried
 * again asks again and is counted again, because it is paid for again. Only where the answer to a commit was
 * lost, and it is repeated, one answer may be counted twice; not one about a media, whose message remembers it.
 *
 * <p>Not counted, because nobody knows what it cost: an answer that died with this process or with PostgreSQL
 * before anything of it was written, or that never came.
 */
@ApplicationScoped
public class ModelSpend {

    private static final Logger LOG = Logger.getLogger(ModelSpend.class);
    private static final String COUNT = "SELECT core.count_model_call_v2($1, $2, $3, $4, $5) AS kept_from";
    private static final String IS_LEFT = "SELECT core.spend_is_left_v1($1) AS is_left";

    private final MeterRegistry meters;

    ModelSpend(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * Counts answers with the transaction's commit; costs no round trip. To be called last in it, because the
     * month's rows are locked from here on. What cannot be counted ends no transaction: the words are there
     * and were paid for.
     */
    public void count(Tx tx, List<Thinking.Usage> paid) {
        for (Thinking.Usage each : paid) {
            Supplier<List<Row>> counted = tx.send(
                    COUNT, tx.company().value(), each.model(), each.inputTokens(), each.outputTokens(), each.seconds());
            tx.afterCommit(
                    () -> uncounted(tx.company(), counted.get().getFirst().getString("kept_from")));
        }
    }

    /**
     * Tells that an answer was not counted.
     *
     * @param keptFrom the SQLSTATE that kept it from being counted; null when it was
     */
    public void uncounted(CompanyId company, String keptFrom) {
        if (keptFrom != null) {
            meters.counter("model_calls_uncounted_total").increment();
            LOG.warnf(
                    "an answer of a model was not counted against the plan company_id=%s sqlstate=%s",
                    company, keptFrom);
        }
    }

    /** Whether the company's plan lets a model be asked now. */
    public boolean isLeft(Tx tx) {
        return tx.first(IS_LEFT, tx.company().value()).orElseThrow().getBoolean("is_left");
    }
}
