package io.centurions.evolution.evolution;

import java.util.List;

/**
 * One webhook, read.
 *
 * @param instance the name the server gives; to be compared with the address, which alone decides
 * @param readings what it says, in the order of the webhook
 */
public record Notice(String instance, List<Reading> readings) {}
