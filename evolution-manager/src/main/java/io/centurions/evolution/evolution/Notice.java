package io.centurions.evolution.evolution;

import java.util.List;

/**
 * One webhook, read.
 *
 * @param instance the name the server gives; to be compared with the address, which alone decides
 * @param readings what it says, in the order of the webhook
 * @param passing  about the instance itself, or who is typing: old news in a second, and never to be kept as it came, because such a
 *                 report may carry the code that opens the phone, in whatever shape
 */
public record Notice(String instance, List<Reading> readings, boolean passing) {}
