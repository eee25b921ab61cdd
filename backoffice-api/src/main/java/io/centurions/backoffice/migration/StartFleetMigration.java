package io.centurions.backoffice.migration;

import io.centurions.backoffice.audit.HoldingAudit;
import io.centurions.backoffice.audit.HoldingAudit.Act;
import io.centurions.backoffice.audit.HoldingAudit.Ended;
import io.centurions.backoffice.idempotency.Claim;
import io.centurions.backoffice.idempotency.Keyed;
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
        String kept = Once.isKey(key) ? key : null;
        String person = caller.person().subject();
        Buffer hash = Buffer.buffer(once.hash(ask));
        List<Object> arguments = Arrays.asList(id, ask.canaryCompanyId(), ask.atOnce(), person, kept, hash);
        String outcome =
                audit.writeIf(Act.of("fleet-migration.start", id, null, told(ask)), START, "started", arguments);
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
     *
     * @return false when the same request did before
     */
    boolean retry(UUID id, String key) {
        var act = Act.of(new Keyed("fleet-migration.retry", key, id), id, Map.of("state", "canary"));
        return isDone(audit.once(act, RETRY, "retried", List.of(id)));
    }

    /** No further step is begun, of no company; those under way end. Halting a halted one is fine. */
    boolean halt(UUID id, String key) {
        var act = Act.of(new Keyed("fleet-migration.halt", key, id), id, Map.of("state", "halted"));
        return isDone(audit.once(act, HALT, "halted", List.of(id)));
    }

    private static boolean isDone(Ended ended) {
        if (ended instanceof Ended.Answered(String outcome)) {
            switch (outcome) {
                case "retried", "halted", "already" -> {}
                case "unknown" -> throw Problem.notFound("fleet migration");
                case "ended" -> throw Problem.conflict("fleet-migration-ended", "it has ended");
                default -> throw another(outcome);
            }
            return true;
        }
        return false;
    }

    private UUID repeated(String person, String key, Buffer hash) {
        var first = migrations.ofRequest(person, key, hash).orElseThrow();
        if (!first.sameRequest()) {
            throw Once.reused();
        }
        return first.id();
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
