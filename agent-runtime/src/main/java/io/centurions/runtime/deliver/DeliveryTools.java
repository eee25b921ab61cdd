package io.centurions.runtime.deliver;

import io.centurions.runtime.loop.Pause;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What every delivery shares: its limits, its way of waiting, its counters. */
@Singleton
record DeliveryTools(DeliveryConfig config, Pause pause, MeterRegistry meters) {}
