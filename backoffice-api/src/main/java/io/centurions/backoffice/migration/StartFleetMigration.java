package io.centurions.backoffice.migration;

import io.centurions.backoffice.audit.HoldingAudit;
import io.centurions.backoffice.idempotency.Claim;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.security.Caller;
import io.centurions.contracts.Uuid7;
import io.centurions.platform.problem.Problem;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What people do with migrations of the fleet: begin one, go on with one, halt one. The work itself is
 * {@link MigrateFleet}'s.
 */
@ApplicationScoped
class StartFleetMigration {

    private static final String START =
            "core.start_fleet_migration_v1($9::uuid, $10::uuid, $11::int, $12::text, $13::text, $14::bytea)";
    private static final String RETRY = "core.retry_fleet_migration_v1($9::uuid)";
    private static final String HALT = "core.halt_fleet_migration_v1($9::uuid, 'halted by a person')";

    private final FleetMigrationRepository migrations;
    private final HoldingAudit audit;
    private final Once once;
    private final Caller caller;

    StartFleetMigration(FleetMigrationRepository migrations, HoldingAudit audit, Once once, Caller caller) {
        this.migrations = migrations;
        this.audit = audit;
        this.once = once;
        this.caller = caller;
    }

    /** Begins one, or finds the one that the same request began. One at a time: else a conflict. */
    Claim start(NewFleetMigration ask, String key) {
        UUID id = Uuid7.next();
        String kept = key == null || key.isBlank() ? null : key;
        if (kept != null) {
            Once.checkLength(kept);
        }
        String person = caller.person().subject();
        Buffer hash = Buffer.buffer(once.hash(ask));
        List<Object> arguments = Arrays.asList(id, ask.canaryCompanyId(), ask.atOnce(), person, kept, hash);
        String outcome = audit.writeIf("fleet-migration.start", id, told(ask), START, "started", arguments);
        return switch (outcome) {
            case "started" -> new Claim(id, true);
            case "repeated" -> new Claim(repeated(person, kept, hash), false);
            case "canary-unknown" ->
                throw Problem.unprocessable("canary-unknown", "no company with a schema has this id");
            default -> throw another(outcome);
        };
    }

    /**
     * Those that were set aside are tried again, from the canary on. Retrying one that is under way is fine.
     */
    void retry(UUID id) {
        String outcome =
                audit.writeIf("fleet-migration.retry", id, Map.of("state", "canary"), RETRY, "retried", List.of(id));
        switch (outcome) {
            case "retried", "already" -> {}
            case "unknown" -> throw Problem.notFound("fleet migration");
            case "ended" -> throw ended();
            default -> throw another(outcome);
        }
    }

    /** No further step is begun, of no company; those under way end. Halting a halted one is fine. */
    void halt(UUID id) {
        String outcome =
                audit.writeIf("fleet-migration.halt", id, Map.of("state", "halted"), HALT, "halted", List.of(id));
        switch (outcome) {
            case "halted", "already" -> {}
            case "unknown" -> throw Problem.notFound("fleet migration");
            case "ended" -> throw ended();
            default -> throw another(outcome);
        }
    }

    private UUID repeated(String person, String key, Buffer hash) {
        var first = migrations.ofRequest(person, key, hash).orElseThrow();
        if (!first.sameRequest()) {
            throw Once.reused();
        }
        return first.id();
    }

    private static RuntimeException ended() {
        return Problem.conflict("fleet-migration-ended", "it has ended");
    }

    private static RuntimeException another(String outcome) {
        if (!outcome.equals("running")) {
            throw new IllegalStateException("a function of core.fleet_migrations answered " + outcome);
        }
        return Problem.conflict("fleet-migration-running", "another one is under way");
    }

    private static Map<String, Object> told(NewFleetMigration ask) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("canaryCompanyId", ask.canaryCompanyId());
        told.put("atOnce", ask.atOnce());
        return told;
    }
}
