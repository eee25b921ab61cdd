package io.centurions.chaos.plan;

import java.time.Duration;

/** A fault and when it comes, counted from the start of the load. */
public record Planned(Duration at, Fault fault) {}
