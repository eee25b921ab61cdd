package io.centurions.backoffice.modelprice;

import java.time.Instant;
import java.util.Map;

/**
 * What models cost the holding.
 *
 * @param models by name; what is not here is counted as tokens without a price
 */
public record PriceListView(String currency, Map<String, ModelPrice> models, int version, Instant updatedAt) {}
