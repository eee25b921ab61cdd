package io.centurions.runtime.intake;

import io.centurions.contracts.id.InstanceId;

/** Something that came in at one of our channel instances. */
public record Arrived(InstanceId instance, Incoming incoming) {}
