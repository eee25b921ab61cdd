package io.centurions.platform.tenancy;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** A process that ends has no time for a database that is silent: from the signal on it waits a few seconds for each answer. */
@ApplicationScoped
class PatienceAtTheEnd {

    void start(@Observes @Priority(1) StartupEvent started) {
        Statements.patient();
    }

    // Before requests are waited for.
    void ends(@Observes ShutdownDelayInitiatedEvent signal) {
        Statements.impatient();
    }

    void stop(@Observes @Priority(8) ShutdownEvent stopping) {
        Statements.impatient();
    }
}
