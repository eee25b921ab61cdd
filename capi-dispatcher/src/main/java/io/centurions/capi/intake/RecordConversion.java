package io.centurions.capi.intake;

import io.centurions.capi.dispatch.DispatchLoop;
import io.centurions.capi.ledger.ConversionRepository;
import io.centurions.capi.ledger.ConversionStatus;
import io.centurions.capi.ledger.DealRepository;
import io.centurions.capi.ledger.LeadRepository;
import io.centurions.capi.ledger.PixelRepository;
import io.centurions.capi.ledger.SettleConversions;
import io.centurions.capi.mapping.Conversion;
import io.centurions.capi.mapping.EventKey;
import io.centurions.capi.mapping.Lead;
import io.centurions.capi.mapping.Money;
import io.centurions.capi.mapping.Pixel;
import io.centurions.capi.mapping.Route;
import io.centurions.contracts.Envelope;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversionId;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Trace;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a fact as one conversion per dataset of the company. Repeats and the order of facts change nothing: the rows
 * have keys of their own. A company without a dataset gets one row that says so.
 */
@ApplicationScoped
public class RecordConversion {

    private static final Pixel NOWHERE = new Pixel("none", null, null, null, null);

    private final Database database;
    private final LeadRepository leads;
    private final DealRepository deals;
    private final PixelRepository pixels;
    private final Ledger ledger;

    RecordConversion(
            Database database, LeadRepository leads, DealRepository deals, PixelRepository pixels, Ledger ledger) {
        this.database = database;
        this.leads = leads;
        this.deals = deals;
        this.pixels = pixels;
        this.ledger = ledger;
    }

    Outcome record(Envelope envelope, Fact fact) {
        // The row remembers what caused it, so that the conversion's own event continues the chain.
        var trace = new Trace(envelope.correlationId(), envelope.id().value(), envelope.traceparent());
        return Trace.call(trace, () -> database.asCompany(envelope.company(), tx -> record(tx, fact)));
    }

    /** For a fact that no event told of; what is missing is left to another time. Under the thread's trace. */
    public void record(CompanyId company, Fact fact) {
        database.asCompany(company, tx -> record(tx, fact));
    }

    private Outcome record(Tx tx, Fact fact) {
        leads.recordingOf(tx, fact.lead());
        Optional<Lead> lead = leads.find(tx, fact.lead());
        boolean untold = !leads.untold(tx, List.of(fact.lead())).isEmpty();
        if (untold && lead.isEmpty()) {
            return Outcome.done();
        }
        if (lead.isEmpty()) {
            return Outcome.later("the lead is not there");
        }
        Optional<Money> worth = fact.deal() == null ? Optional.empty() : deals.worth(tx, fact.deal());
        if (fact.deal() != null && worth.isEmpty()) {
            return Outcome.later("the deal is not mirrored yet");
        }
        List<Pixel> datasets = pixels.enabled(tx);
        for (Pixel dataset : datasets.isEmpty() ? List.of(NOWHERE) : datasets) {
            Conversion conversion = conversion(tx, fact, worth, lead.get(), dataset);
            if (untold) {
                ledger.skip(tx, conversion, "person_erased");
            } else if (dataset.equals(NOWHERE)) {
                ledger.skip(tx, conversion, "no_pixel");
            } else {
                ledger.keep(tx, conversion, Route.of(lead.get(), dataset).reason());
            }
        }
        return Outcome.done();
    }

    private static Conversion conversion(Tx tx, Fact fact, Optional<Money> worth, Lead lead, Pixel dataset) {
        Route route = Route.of(lead, dataset);
        String name = route.nameOf(fact.milestone());
        return new Conversion(
                ConversionId.random(),
                fact.milestone(),
                fact.lead(),
                fact.deal(),
                name,
                dataset.datasetId(),
                EventKey.of(tx.company(), fact.subject(), name),
                route.source(),
                fact.at(),
                worth.orElse(null));
    }

    /** Writes the rows and wakes those who send them. */
    @ApplicationScoped
    static class Ledger {

        private final ConversionRepository conversions;
        private final SettleConversions settle;
        private final DispatchLoop dispatch;

        Ledger(ConversionRepository conversions, SettleConversions settle, DispatchLoop dispatch) {
            this.conversions = conversions;
            this.settle = settle;
            this.dispatch = dispatch;
        }

        void keep(Tx tx, Conversion conversion, String routeReason) {
            if (conversions.add(tx, conversion, routeReason)) {
                tx.afterCommit(dispatch::wake);
            }
        }

        void skip(Tx tx, Conversion conversion, String reason) {
            if (conversions.add(tx, conversion, null)) {
                settle.settle(tx, List.of(conversion.id()), ConversionStatus.SKIPPED, reason, null);
            }
        }
    }
}
