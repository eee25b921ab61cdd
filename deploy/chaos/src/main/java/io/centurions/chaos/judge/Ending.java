package io.centurions.chaos.judge;

import java.time.Duration;

/**
 * How a process ended that was asked to.
 *
 * @param took     until it was gone
 * @param byItself false when it had to be forced after its grace period
 */
public record Ending(String process, Duration took, boolean byItself) {}
