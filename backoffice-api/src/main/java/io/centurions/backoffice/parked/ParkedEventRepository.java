package io.centurions.backoffice.parked;

import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Parked events of all services, through the functions that each service's tables brought. */
@ApplicationScoped
class ParkedEventRepository {

    private static final String LIST = """
            SELECT '%s' AS service, p.*
              FROM core.list_parked_%s_v1($1::uuid, $2::text, $3::text, $4::text, $5::uuid, $6::int) p
            """;

    private static final String FIND = """
            SELECT '%s' AS service, p.*
              FROM unnest($1::uuid[]) AS wanted (id) CROSS JOIN LATERAL core.read_parked_%s_v1(wanted.id) p
             WHERE $2::uuid IS NULL OR p.company_id = $2::uuid
            """;

    private final Database database;

    ParkedEventRepository(Database database) {
        this.database = database;
    }

    /** Newest first, before a cursor. */
    List<ParkedEventView> page(UUID within, ParkedFilter filter, String stream, UUID before, int limit) {
        return database
                .call(
                        over(LIST, Keeper.filtered(filter.service)) + " ORDER BY id DESC LIMIT $6::int",
                        within,
                        ParkedFilter.blankIsAny(stream),
                        filter.reasonOrAny(),
                        filter.stateOrAny(),
                        before,
                        limit)
                .stream()
                .map(ParkedEventView::of)
                .toList();
    }

    /** Those of the ids that are there and within the company; null: of any. */
    List<ParkedEventView> find(UUID within, List<Keeper> keepers, List<UUID> ids) {
        return database.call(over(FIND, keepers), ids.toArray(UUID[]::new), within).stream()
                .map(ParkedEventView::of)
                .toList();
    }

    /** The same, as this transaction sees it. */
    Optional<ParkedEventView> find(Tx tx, Keeper keeper, UUID id) {
        Object[] wanted = {new UUID[] {id}, tx.company().value()};
        return tx.first(over(FIND, List.of(keeper)), wanted).map(ParkedEventView::of);
    }

    /** Sets the event free for the group that parked it; says reprocessed, settled, unreadable or unknown. */
    String reprocess(Tx tx, ParkedEventView event, String by) {
        String sql = "SELECT core.reprocess_parked_%s_v1($1, $2, $3) AS outcome"
                .formatted(event.keeper().suffix());
        return tx.first(sql, event.id(), by, tx.company().value())
                .map(ParkedEventRepository::outcome)
                .orElseThrow();
    }

    /** Gives the event up; says discarded, settled or unknown. */
    String discard(Tx tx, ParkedEventView event, String by, String reason) {
        String sql = "SELECT " + discarding(event.keeper(), 1) + " AS outcome";
        return tx.first(sql, event.id(), by, reason)
                .map(ParkedEventRepository::outcome)
                .orElseThrow();
    }

    /** The call that discards, its placeholders from the given number on. */
    static String discarding(Keeper keeper, int first) {
        return "core.discard_parked_%s_v1($%d, $%d, $%d)".formatted(keeper.suffix(), first, first + 1, first + 2);
    }

    private static String outcome(Row row) {
        return row.getString("outcome");
    }

    private static String over(String one, List<Keeper> keepers) {
        return keepers.stream()
                .map(keeper -> one.formatted(keeper.service(), keeper.suffix()))
                .collect(Collectors.joining(" UNION ALL "));
    }
}
