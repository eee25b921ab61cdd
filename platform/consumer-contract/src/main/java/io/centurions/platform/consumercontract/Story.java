package io.centurions.platform.consumercontract;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Events that follow from each other, in the order in which they happened, and where their effect shows.
 *
 * @param effect the rows, without ids and times, so that two stories can be compared
 */
public record Story(List<GoldenEvent> events, Supplier<List<Map<String, Object>>> effect) {}
