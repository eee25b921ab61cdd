package io.centurions.runtime.deliver;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What every delivery shares: its limits and its counters. */
@Singleton
record DeliveryTools(DeliveryConfig config, MeterRegistry meters) {}
