package io.centurions.backoffice.plan;

import io.centurions.backoffice.audit.HoldingAudit;
import io.centurions.backoffice.audit.HoldingAudit.Ended;
import io.centurions.backoffice.idempotency.Done;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.contracts.Uuid7;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Plans of the holding: rows of {@code core.plans}, which no company owns. A change is one statement with its
 * audit row and counts for every company on the plan from then on; what they have already stays theirs.
 */
@ApplicationScoped
class Plans {

    private static final String MAKE = "core.make_plan_v1($9, $10, $11::text::jsonb)";
    private static final String CHANGE = "core.change_plan_v1($9, $10, $11, $12::text::jsonb)";
    private static final String COLUMNS = "id, name, limits::text AS limits, version, created_at, updated_at";
    private static final String ONE = "SELECT " + COLUMNS + " FROM core.plans WHERE id = $1";

    private static final String PAGE = """
            SELECT %s
              FROM core.plans
             WHERE $1::uuid IS NULL OR id < $1::uuid
             ORDER BY id DESC
             LIMIT $2
            """.formatted(COLUMNS);

    private final Database database;
    private final HoldingAudit audit;
    private final LimitsText text;

    Plans(Database database, HoldingAudit audit, LimitsText text) {
        this.database = database;
        this.audit = audit;
        this.text = text;
    }

    /** A repeat with the same key finds the first one's plan; a second plan of its name is a conflict. */
    Done<PlanView> make(Keyed keyed, WantedPlan wanted) {
        UUID id = Uuid7.next();
        var act = HoldingAudit.Act.of(keyed, id, after(wanted, 1));
        return switch (audit.once(act, MAKE, "done", List.of(id, wanted.name(), text.of(wanted.limits())))) {
            case Ended.Repeated before -> new Done<>(read(before.target()), false);
            case Ended.Answered(String outcome) -> {
                check(outcome);
                yield new Done<>(read(id), true);
            }
        };
    }

    PlanView change(UUID id, IfMatch version, WantedPlan wanted) {
        PlanView before = read(id);
        version.check(before.version());
        check(audit.writeIf(
                HoldingAudit.Act.of("plan.change", id, state(before), after(wanted, before.version() + 1)),
                CHANGE,
                "done",
                List.of(id, before.version(), wanted.name(), text.of(wanted.limits()))));
        return read(id);
    }

    PlanView read(UUID id) {
        return find(id).orElseThrow(() -> Problem.notFound("plan"));
    }

    Optional<PlanView> find(UUID id) {
        return database.call(ONE, id).stream().findFirst().map(this::view);
    }

    List<PlanView> page(UUID after, int limit) {
        return database.call(PAGE, after, limit).stream().map(this::view).toList();
    }

    private static void check(String ended) {
        switch (ended) {
            case "done" -> {}
            case "exists" -> throw Problem.conflict("name-taken", "there is another plan of this name");
            default -> throw Problem.preconditionFailed("version-stale", "it was changed meanwhile, read it again");
        }
    }

    private static Map<String, Object> state(PlanView plan) {
        return Map.of("name", plan.name(), "limits", plan.limits(), "version", plan.version());
    }

    private static Map<String, Object> after(WantedPlan wanted, int version) {
        return Map.of("name", wanted.name(), "limits", wanted.limits(), "version", version);
    }

    private PlanView view(Row row) {
        return new PlanView(
                row.getUUID("id"),
                row.getString("name"),
                text.read(row.getString("limits")),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
