package io.centurions.platform.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

/** What operators see of the doors: the figure, and the alert that is built on it. */
class BootGuardTest {

    private static final String FIGURE = "isolation_open_doors";
    private static final Path DEPLOY = Path.of("../../deploy");

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Catalogue catalogue = new Catalogue();
    private final BootGuard guard = new BootGuard(catalogue, Duration.ZERO, meters);

    @Test
    void the_figure_shows_the_doors_found_and_none_when_they_have_been_closed() {
        catalogue.open = List.of("a door", "another");
        guard.call();
        assertThat(figure()).isEqualTo(2);

        catalogue.open = List.of();
        guard.call();
        assertThat(figure()).isZero();
    }

    @Test
    void nothing_is_said_before_the_first_look_not_even_that_nothing_is_open() {
        assertThat(figure()).isNaN();

        catalogue.away = true;

        assertThat(guard.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(figure()).isNaN();
    }

    @Test
    void a_look_that_the_database_does_not_answer_closes_no_door() {
        catalogue.open = List.of("a door");
        guard.call();
        catalogue.away = true;

        assertThat(guard.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(figure()).isEqualTo(1);
    }

    @Test
    void an_open_door_pages_somebody_who_finds_what_to_do() throws IOException {
        String rules = Files.readString(DEPLOY.resolve("observability/isolation-alerts.yml"));
        String runbook = Files.readString(DEPLOY.resolve("runbooks/README.md"));

        assertThat(rules).contains("expr: max_over_time(" + FIGURE + "[1h]) > 0");
        assertThat(runbook.substring(runbook.indexOf("\n## isolation\n"), runbook.indexOf("\n## files\n")))
                .contains("`" + FIGURE + "`");
    }

    private double figure() {
        return meters.get(FIGURE).gauge().value();
    }

    /** The database's answer, as the test wants it. */
    private static final class Catalogue extends OpenDoors {

        private List<String> open = List.of();
        private boolean away;

        Catalogue() {
            super(null);
        }

        @Override
        List<String> find() {
            if (away) {
                throw new DatabaseUnavailable("could not look", null);
            }
            return open;
        }
    }
}
