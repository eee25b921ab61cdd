package io.centurions.capi.dispatch;

import io.centurions.capi.ledger.ConversionRepository;
import io.centurions.capi.ledger.ConversionStatus;
import io.centurions.capi.ledger.SettleConversions;
import io.centurions.capi.meta.MetaAnswer;
import io.centurions.capi.meta.MetaAnswer.Accepted;
import io.centurions.capi.meta.MetaAnswer.BadEvent;
import io.centurions.capi.meta.MetaAnswer.KeptBack;
import io.centurions.capi.meta.MetaAnswer.Refused;
import io.centurions.capi.meta.MetaAnswer.TryLater;
import io.centurions.capi.meta.MetaClient;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.KeepTrying;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Sends one batch and settles what came of it. No transaction is open during the call: when the worker dies after it,
 * the conversions are sent again under the same event ids, which Meta drops.
 */
@ApplicationScoped
class SendBatch {

    private static final Logger LOG = Logger.getLogger(SendBatch.class);

    private final MetaClient meta;
    private final Database database;
    private final ConversionRepository conversions;
    private final SettleConversions settle;
    private final BackOff backOff;
    private final Duration patience;

    SendBatch(
            MetaClient meta,
            Database database,
            ConversionRepository conversions,
            SettleConversions settle,
            DispatchConfig config) {
        this.meta = meta;
        this.database = database;
        this.conversions = conversions;
        this.settle = settle;
        this.patience = config.lease().dividedBy(2);
        this.backOff = new BackOff(config.firstWait(), config.longestWait());
    }

    void send(String worker, Batch batch) {
        MetaAnswer answer = meta.send(batch.company(), batch.dataset(), batch.metaEvents());
        switch (answer) {
            case Accepted accepted -> end(batch, accepted, ConversionStatus.SENT, "accepted", null);
            case TryLater later -> postpone(worker, batch, later);
            case KeptBack kept -> comeBack(worker, batch, kept);
            // Meta stored none of them because of one. Each half is a request of its own until the bad one is alone.
            case BadEvent bad when !batch.isSingle() -> batch.halves().forEach(half -> send(worker, half));
            case BadEvent bad -> end(batch, bad, statusOf(bad), "refused", bad.reason());
            case Refused refused -> park(batch, refused);
        }
    }

    private static ConversionStatus statusOf(BadEvent bad) {
        // Meta's clock has the last word on the seven days.
        return bad.reason().equals("event_too_old") ? ConversionStatus.EXPIRED : ConversionStatus.REFUSED;
    }

    private void end(Batch batch, MetaAnswer answer, ConversionStatus status, String outcome, String reason) {
        write(batch, tx -> {
            conversions.endCall(tx, batch.conversions(), outcome, reason, answer.traceId());
            settle.settle(tx, batch.conversions(), status, reason, answer.traceId());
        });
        LOG.infof(
                "%d conversions %s company_id=%s dataset=%s conversion_ids=%s",
                batch.events().size(), status, batch.company(), batch.dataset().id(), batch.conversions());
    }

    private void park(Batch batch, Refused refused) {
        end(batch, refused, ConversionStatus.PARKED, "refused", refused.reason());
        LOG.errorf(
                "Meta refuses dataset %s: %s company_id=%s; runbook conversions-refused",
                batch.dataset().id(), refused.reason(), batch.company());
    }

    private void postpone(String worker, Batch batch, TryLater later) {
        Duration wait = backOff.after(
                batch.attempts(), later.after(), ThreadLocalRandom.current().nextDouble());
        write(batch, tx -> {
            String outcome = later.maybeStored() ? "unknown" : "later";
            conversions.endCall(tx, batch.conversions(), outcome, later.reason(), later.traceId());
            conversions.postpone(tx, worker, batch.conversions(), wait, later.reason(), later.maybeStored());
        });
        LOG.warnf(
                "%d conversions later: %s, in %d ms company_id=%s",
                batch.events().size(), later.reason(), wait.toMillis(), batch.company());
    }

    // A half has had its call: the one by which Meta refused the whole.
    private void comeBack(String worker, Batch batch, KeptBack kept) {
        Duration rest = backOff.rest(kept.after(), ThreadLocalRandom.current().nextDouble());
        write(batch, tx -> {
            conversions.endCall(tx, batch.conversions(), "later", kept.reason(), null);
            if (!batch.half()) {
                conversions.uncountCall(tx, worker, batch.conversions());
            }
            conversions.postpone(tx, worker, batch.conversions(), rest, kept.reason(), false);
        });
        LOG.warnf(
                "%d conversions kept back: %s, for %d ms company_id=%s",
                batch.events().size(), kept.reason(), rest.toMillis(), batch.company());
    }

    // What Meta said is lost with us. Within the lease nobody else sends, and what is written is not written twice.
    private void write(Batch batch, Consumer<Tx> outcome) {
        KeepTrying.untilWritten(patience, () -> database.runAsCompany(batch.company(), outcome));
    }
}
