package io.centurions.capi.dispatch;

import io.centurions.capi.ledger.Claimed;
import io.centurions.capi.ledger.ConversionRepository;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversionId;
import io.centurions.platform.loops.Claim;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.tenancy.KeepTrying;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
    // A database that can no more would else be asked again and again.
    private static final Duration BACK_AFTER = Duration.ofSeconds(2);

    private final ConversionRepository conversions;
    private final Database database;
    private final PrepareBatches prepareBatches;
    private final SendBatch sendBatch;
    private final DispatchConfig config;
    private final String worker = UUID.randomUUID().toString();
    private final Set<CompanyId> atWork = ConcurrentHashMap.newKeySet();

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

    /** Claims what is due of companies that nobody serves here, at most of so many. */
    Claim<Due> claim(int companies) {
        List<Claimed> claimed = conversions.claim(worker, config.batchSize(), config.lease(), companies, atWork);
        Map<CompanyId, List<ConversionId>> byCompany = claimed.stream()
                .collect(Collectors.groupingBy(
                        Claimed::company, Collectors.mapping(Claimed::conversion, Collectors.toList())));
        List<Due> due = byCompany.entrySet().stream()
                .map(entry -> new Due(entry.getKey(), entry.getValue()))
                .toList();
        atWork.addAll(byCompany.keySet());
        // A full batch says nothing about the companies that it had no place for.
        return claimed.size() == config.batchSize() ? Claim.andMore(due) : Claim.of(due);
    }

    /** Sends them. What fails after Meta was called stays leased and is taken again when the lease has run out. */
    void serve(Due due) {
        try {
            prepare(due).forEach(batch -> sendBatch.send(worker, batch));
        } finally {
            atWork.remove(due.company());
        }
    }

    private List<Batch> prepare(Due due) {
        try {
            return database.asCompany(due.company(), tx -> prepareBatches.prepare(tx, worker, due.ids()));
        } catch (DatabaseUnavailable away) {
            giveBack(due);
            return List.of();
        }
    }

    // We have sent none of them. A call of an earlier worker, whose end nobody knows, stays as doubtful as it was.
    private void giveBack(Due due) {
        KeepTrying.untilWritten(
                config.lease(),
                () -> database.runAsCompany(
                        due.company(),
                        tx -> conversions.postpone(tx, worker, due.ids(), BACK_AFTER, "database_away", true)));
        LOG.warnf(
                "%d conversions are given back: the database was away before Meta was called",
                due.ids().size());
    }
}
