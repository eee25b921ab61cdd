package io.centurions.capi;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.tenancy.ShutdownDeadline;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** A whole service that ends while its database is silent: locks that nobody gives back let no statement come to its end. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@TestProfile(ShutdownIT.LittleTime.class)
class ShutdownIT {

    private static final String WAITING =
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = '%s'::regclass";

    @Inject
    Event<ShutdownDelayInitiatedEvent> signal;

    @Inject
    Event<ShutdownEvent> stop;

    /** Jobs and the relay alone would wait for 11 s. */
    public static class LittleTime implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "centurions.shutdown.budget", "1s",
                    "centurions.jobs.run", "true",
                    "centurions.jobs.beat", "50ms");
        }
    }

    @Test
    void all_its_waits_together_end_at_the_one_deadline() throws SQLException {
        try (Connection holder = admin()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("LOCK TABLE core.leases_capi, core.outbox_capi IN ACCESS EXCLUSIVE MODE");
            World.patiently().until(() -> waiting("core.leases_capi") && waiting("core.outbox_capi"));
            long began = System.nanoTime();

            signal.fire(new ShutdownDelayInitiatedEvent());
            stop.fire(new ShutdownEvent());

            assertThat(ShutdownDeadline.atMost(Duration.ofMinutes(1))).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(2_500));
        }
    }

    private static boolean waiting(String table) {
        return Admin.get().count(WAITING.formatted(table)) > 0;
    }

    private static Connection admin() throws SQLException {
        var config = ConfigProvider.getConfig();
        return DriverManager.getConnection(
                config.getValue("centurions.test.admin-url", String.class),
                config.getValue("centurions.test.admin-user", String.class),
                config.getValue("centurions.test.admin-password", String.class));
    }
}
