package io.centurions.capi.dispatch;

import io.centurions.capi.meta.Dataset;
import io.centurions.capi.meta.MetaEvent;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversionId;
import java.util.List;

/**
 * What goes to one dataset in one request.
 *
 * @param company  whose conversions these are
 * @param dataset  where to
 * @param events   what is sent
 * @param attempts the most calls that one of them has had, this one counted
 * @param half     whether Meta has refused them once already, together with others
 */
record Batch(CompanyId company, Dataset dataset, List<Outgoing> events, int attempts, boolean half) {

    /** One conversion as it leaves. */
    record Outgoing(ConversionId conversion, MetaEvent event) {}

    List<ConversionId> conversions() {
        return events.stream().map(Outgoing::conversion).toList();
    }

    List<MetaEvent> metaEvents() {
        return events.stream().map(Outgoing::event).toList();
    }

    boolean isSingle() {
        return events.size() == 1;
    }

    /** The two halves, of which one at least is free of the bad event. */
    List<Batch> halves() {
        int middle = events.size() / 2;
        return List.of(
                new Batch(company, dataset, events.subList(0, middle), attempts, true),
                new Batch(company, dataset, events.subList(middle, events.size()), attempts, true));
    }
}
