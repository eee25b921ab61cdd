package io.centurions.backoffice.parked;

import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Webhooks that the services keep, through the functions that each service's tables brought. */
@ApplicationScoped
class ParkedWebhookRepository {

    private static final String LIST = """
            SELECT '%s' AS service, p.*
              FROM core.list_webhooks_%s_v1($1::uuid, $2::text, $3::text, $4::text, $5::uuid, $6::int) p
            """;

    private static final String FIND = """
            SELECT '%s' AS service, p.*
              FROM unnest($1::uuid[]) AS wanted (id) CROSS JOIN LATERAL core.show_webhook_%s_v1(wanted.id) p
             WHERE $2::uuid IS NULL OR p.company_id = $2::uuid
            """;

    private final Database database;

    ParkedWebhookRepository(Database database) {
        this.database = database;
    }

    /** Newest first, before a cursor. */
    List<ParkedWebhookView> page(UUID within, ParkedFilter filter, String provider, UUID before, int limit) {
        return database
                .call(
                        over(LIST, Keeper.filtered(filter.service)) + " ORDER BY id DESC LIMIT $6::int",
                        within,
                        ParkedFilter.blankIsAny(provider),
                        filter.reasonOrAny(),
                        filter.stateOrAny(),
                        before,
                        limit)
                .stream()
                .map(ParkedWebhookView::of)
                .toList();
    }

    /** Those of the ids that are there and within the company; null: of any. */
    List<ParkedWebhookView> find(UUID within, List<Keeper> keepers, List<UUID> ids) {
        return database.call(over(FIND, keepers), ids.toArray(UUID[]::new), within).stream()
                .map(ParkedWebhookView::of)
                .toList();
    }

    /** The same, as this transaction sees it. */
    Optional<ParkedWebhookView> find(Tx tx, Keeper keeper, UUID id) {
        Object[] wanted = {new UUID[] {id}, tx.company().value()};
        return tx.first(over(FIND, List.of(keeper)), wanted).map(ParkedWebhookView::of);
    }

    /** Gives the webhook up; says discarded, settled or unknown. */
    String discard(Tx tx, ParkedWebhookView webhook, String by, String reason) {
        String sql = "SELECT " + discarding(webhook.keeper(), 1) + " AS outcome";
        return tx.first(sql, webhook.id(), by, reason).orElseThrow().getString("outcome");
    }

    /** The call that discards, its placeholders from the given number on. */
    static String discarding(Keeper keeper, int first) {
        return "core.discard_webhook_%s_v1($%d, $%d, $%d)".formatted(keeper.suffix(), first, first + 1, first + 2);
    }

    private static String over(String one, List<Keeper> keepers) {
        return keepers.stream()
                .map(keeper -> one.formatted(keeper.service(), keeper.suffix()))
                .collect(Collectors.joining(" UNION ALL "));
    }
}
