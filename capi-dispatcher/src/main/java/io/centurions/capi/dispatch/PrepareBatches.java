package io.centurions.capi.dispatch;

import io.centurions.capi.dispatch.Batch.Outgoing;
import io.centurions.capi.ledger.ConversionRepository;
import io.centurions.capi.ledger.ConversionStatus;
import io.centurions.capi.ledger.HeldConversion;
import io.centurions.capi.ledger.LeadRepository;
import io.centurions.capi.ledger.PixelRepository;
import io.centurions.capi.ledger.SettleConversions;
import io.centurions.capi.mapping.Conversion;
import io.centurions.capi.mapping.Lead;
import io.centurions.capi.mapping.Pixel;
import io.centurions.capi.mapping.ToMetaEvent;
import io.centurions.capi.meta.Dataset;
import io.centurions.contracts.id.ConversionId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads what a worker holds of one company and makes the requests of it, one per dataset. What cannot be sent any more
 * is settled on the way; for the rest the call is noted, so the calls must follow the commit.
 */
@ApplicationScoped
class PrepareBatches {

    private final ConversionRepository conversions;
    private final LeadRepository leads;
    private final PixelRepository pixels;
    private final SettleConversions settle;
    private final OpenDataset openDataset;

    PrepareBatches(
            ConversionRepository conversions,
            LeadRepository leads,
            PixelRepository pixels,
            SettleConversions settle,
            OpenDataset openDataset) {
        this.conversions = conversions;
        this.leads = leads;
        this.pixels = pixels;
        this.settle = settle;
        this.openDataset = openDataset;
    }

    List<Batch> prepare(Tx tx, String worker, List<ConversionId> claimed) {
        List<HeldConversion> sendable = settleTheLate(tx, conversions.held(tx, worker, claimed));
        if (sendable.isEmpty()) {
            return List.of();
        }
        List<LeadId> told =
                sendable.stream().map(held -> held.conversion().lead()).toList();
        Map<LeadId, Lead> people = leads.find(tx, told);
        // Asked once more just before they are told, as nothing that was told can be taken back.
        Set<LeadId> untold = leads.untold(tx, told);
        Map<String, Pixel> datasets =
                pixels.enabled(tx).stream().collect(Collectors.toMap(Pixel::datasetId, Function.identity()));

        var byDataset = new LinkedHashMap<Pixel, List<HeldConversion>>();
        for (HeldConversion held : sendable) {
            Conversion conversion = held.conversion();
            Pixel pixel = datasets.get(conversion.datasetId());
            if (pixel == null) {
                end(tx, conversion, ConversionStatus.SKIPPED, "pixel_removed");
            } else if (untold.contains(conversion.lead())) {
                end(tx, conversion, ConversionStatus.SKIPPED, "person_erased");
            } else if (!people.containsKey(conversion.lead())) {
                end(tx, conversion, ConversionStatus.SKIPPED, "lead_gone");
            } else {
                byDataset.computeIfAbsent(pixel, first -> new ArrayList<>()).add(held);
            }
        }
        var batches = new ArrayList<Batch>();
        byDataset.forEach((pixel, held) -> batch(tx, pixel, held, people).ifPresent(batches::add));
        return batches;
    }

    private List<HeldConversion> settleTheLate(Tx tx, List<HeldConversion> held) {
        var sendable = new ArrayList<HeldConversion>();
        for (HeldConversion one : held) {
            switch (Fate.of(one)) {
                case SEND -> sendable.add(one);
                case EXPIRED -> end(tx, one.conversion(), ConversionStatus.EXPIRED, "event_too_old");
                case IN_DOUBT -> end(tx, one.conversion(), ConversionStatus.PARKED, "outcome_unknown");
            }
        }
        return sendable;
    }

    private Optional<Batch> batch(Tx tx, Pixel pixel, List<HeldConversion> held, Map<LeadId, Lead> people) {
        return switch (openDataset.open(tx.company(), pixel)) {
            case Access.Granted(Dataset dataset) -> Optional.of(startedBatch(tx, dataset, pixel, held, people));
            case Access.Missing(String reason) -> {
                settle.settle(tx, ids(held), ConversionStatus.PARKED, reason, null);
                yield Optional.empty();
            }
        };
    }

    private Batch startedBatch(
            Tx tx, Dataset dataset, Pixel pixel, List<HeldConversion> held, Map<LeadId, Lead> people) {
        conversions.startCall(tx, ids(held));
        List<Outgoing> events = held.stream()
                .map(HeldConversion::conversion)
                .map(one -> new Outgoing(one.id(), ToMetaEvent.of(one, people.get(one.lead()), pixel)))
                .toList();
        int attempts = held.stream().mapToInt(HeldConversion::attempts).max().orElse(0) + 1;
        return new Batch(tx.company(), dataset, events, attempts, false);
    }

    private static List<ConversionId> ids(List<HeldConversion> held) {
        return held.stream().map(one -> one.conversion().id()).toList();
    }

    private void end(Tx tx, Conversion conversion, ConversionStatus status, String reason) {
        settle.settle(tx, List.of(conversion.id()), status, reason, null);
    }
}
