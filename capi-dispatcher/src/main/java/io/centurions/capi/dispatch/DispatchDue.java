package io.centurions.capi.dispatch;

import io.centurions.capi.ledger.Claimed;
import io.centurions.capi.ledger.ConversionRepository;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversionId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Sends the conversions that are due. A few companies are served side by side, each on a thread of its own, and others
 * are claimed meanwhile, so that a slow dataset holds back only its own company. Several replicas do this at the same
 * time; each conversion is leased to one of them.
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
    private final Semaphore free;
    private final Set<CompanyId> atWork = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

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
        this.free = new Semaphore(config.companiesAtOnce());
    }

    /**
     * Claims what is due of companies that nobody serves here, as many as there are places, and begins to serve them.
     * Does not wait for any of them.
     *
     * @param served called when a company has been served, which may leave some of its conversions or others' due
     * @return whether there may be more for the places that are left
     */
    boolean dispatch(Runnable served) {
        int places = free.drainPermits();
        Map<CompanyId, List<ConversionId>> byCompany = Map.of();
        try {
            if (places > 0) {
                byCompany = claim(places);
            }
        } finally {
            free.release(places - byCompany.size());
        }
        byCompany.forEach((company, ids) -> begin(company, ids, served));
        return byCompany.values().stream().mapToInt(List::size).sum() == config.batchSize();
    }

    /**
     * Begins no more and waits for the calls on their way.
     *
     * @return whether all ended in time
     */
    boolean end(Duration longest) throws InterruptedException {
        workers.shutdown();
        return workers.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Map<CompanyId, List<ConversionId>> claim(int companies) {
        return conversions.claim(worker, config.batchSize(), config.lease(), companies, atWork).stream()
                .collect(Collectors.groupingBy(
                        Claimed::company, Collectors.mapping(Claimed::conversion, Collectors.toList())));
    }

    private void begin(CompanyId company, List<ConversionId> ids, Runnable served) {
        atWork.add(company);
        try {
            workers.execute(() -> {
                boolean done = serve(company, ids);
                leave(company);
                // After a failure the loop's own poll is soon enough.
                if (done) {
                    served.run();
                }
            });
        } catch (RuntimeException | Error e) {
            leave(company);
            LOG.error("conversions of a company are left to their lease; runbook conversions-dispatch", e);
        }
    }

    private void leave(CompanyId company) {
        atWork.remove(company);
        free.release();
    }

    // What failed stays leased and is taken again when the lease has run out.
    private boolean serve(CompanyId company, List<ConversionId> ids) {
        try {
            List<Batch> batches = database.asCompany(company, tx -> prepareBatches.prepare(tx, worker, ids));
            batches.forEach(batch -> sendBatch.send(worker, batch));
            return true;
        } catch (DatabaseUnavailable e) {
            LOG.warnf("conversions are left to their lease: %s company_id=%s", e.getMessage(), company);
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "conversions of a company failed company_id=%s; runbook conversions-dispatch", company);
        }
        return false;
    }
}
