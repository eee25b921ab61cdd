package io.centurions.capi.dispatch;

import io.centurions.capi.ledger.Claimed;
import io.centurions.capi.ledger.ConversionRepository;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversionId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Sends the conversions that are due, once. Companies are served side by side, so that a slow dataset of one holds back
 * only its own. Several replicas do this at the same time; each conversion is leased to one of them.
 */
@ApplicationScoped
class DispatchDue {

    private static final Logger LOG = Logger.getLogger(DispatchDue.class);

    private final ConversionRepository conversions;
    private final Database database;
    private final PrepareBatches prepareBatches;
    private final SendBatch sendBatch;
    private final DispatchConfig config;
    private final String worker = UUID.randomUUID().toString();

    DispatchDue(
            ConversionRepository conversions,
            Database database,
            PrepareBatches prepareBatches,
            SendBatch sendBatch,
            DispatchConfig config) {
        this.conversions = conversions;
        this.database = database;
        this.prepareBatches = prepareBatches;
        this.sendBatch = sendBatch;
        this.config = config;
    }

    /**
     * Returns when every call has ended and is settled.
     *
     * @return whether there may be more
     */
    boolean dispatch() {
        List<Claimed> claimed = conversions.claim(worker, config.batchSize(), config.lease());
        Map<CompanyId, List<ConversionId>> byCompany = claimed.stream()
                .collect(Collectors.groupingBy(
                        Claimed::company, Collectors.mapping(Claimed::conversion, Collectors.toList())));
        try (ExecutorService sideBySide = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = byCompany.entrySet().stream()
                    .<Future<?>>map(entry -> sideBySide.submit(() -> dispatch(entry.getKey(), entry.getValue())))
                    .toList();
            running.forEach(DispatchDue::join);
        }
        return claimed.size() == config.batchSize();
    }

    private void dispatch(CompanyId company, List<ConversionId> ids) {
        List<Batch> batches = database.asCompany(company, tx -> prepareBatches.prepare(tx, worker, ids));
        batches.forEach(batch -> sendBatch.send(worker, batch));
    }

    // What failed stays leased and is taken again when the lease has run out; the other companies are not held up.
    private static void join(Future<?> company) {
        try {
            company.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DatabaseUnavailable unavailable) {
                throw unavailable;
            }
            LOG.errorf(e.getCause(), "conversions of a company failed; runbook conversions-dispatch");
        }
    }
}
