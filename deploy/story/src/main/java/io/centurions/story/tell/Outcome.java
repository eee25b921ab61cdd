package io.centurions.story.tell;

import java.time.Duration;
import java.util.Optional;

/**
 * How one step went.
 *
 * @param chapter where it was played
 * @param title   what it promises
 * @param took    its time
 * @param broken  what went wrong; empty when it was kept
 * @param skipped never played, because an earlier one was broken
 */
record Outcome(String chapter, String title, Duration took, Optional<String> broken, boolean skipped) {}
