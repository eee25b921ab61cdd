package io.centurions.capi.mapping;

import io.centurions.contracts.id.ConversionId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.LeadId;
import java.time.Instant;
import java.util.UUID;

/**
 * One fact that Meta is to be told of through one dataset.
 *
 * @param id        its row
 * @param milestone what happened
 * @param lead      whose it is
 * @param deal      the deal of a purchase, null before
 * @param name      the name under which Meta is told
 * @param datasetId where to
 * @param eventId   by which Meta recognises a repeat
 * @param source    by which route
 * @param factAt    when it happened
 * @param money     what a purchase is worth, null before
 */
public record Conversion(
        ConversionId id,
        Milestone milestone,
        LeadId lead,
        DealId deal,
        String name,
        String datasetId,
        UUID eventId,
        ActionSource source,
        Instant factAt,
        Money money) {}
