package io.centurions.chaos.judge;

import java.time.Instant;

/**
 * Something that happened, from which something else must follow.
 *
 * @param flow  from what to what
 * @param at    when it was committed; of a bubble, when it could leave
 * @param whole when what follows was committed, null when it was not yet
 */
public record Fact(String flow, String subject, Instant at, Instant whole) {}
