package io.centurions.backoffice.deal;

import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads {@code core.deals_index}; only the deal trigger writes it. */
@ApplicationScoped
public class DealIndex {

    private static final String COLUMNS = "deal_id, company_id, core_lead_id, schema_name, title, status, stage, "
            + "value_cents, currency, contract_id, created_at, updated_at";

    private static final String ONE =
            "SELECT " + COLUMNS + " FROM core.deals_index WHERE company_id = $1 AND deal_id = $2";

    private static final String OF_COMPANY = """
            SELECT %s
              FROM core.deals_index
             WHERE company_id = $1 AND ($2::uuid IS NULL OR deal_id < $2::uuid)
               AND ($3::text IS NULL OR status = $3::text)
             ORDER BY deal_id DESC
             LIMIT $4
            """.formatted(COLUMNS);

    // Served by deals_index_newest_idx: the holding's list is an index scan however many companies there are.
    private static final String OF_HOLDING = """
            SELECT %s
              FROM core.deals_index
             WHERE ($1::uuid IS NULL OR deal_id < $1::uuid) AND ($2::text IS NULL OR status = $2::text)
             ORDER BY deal_id DESC
             LIMIT $3
            """.formatted(COLUMNS);

    /** A deal of the transaction's company. */
    public Optional<DealView> find(Tx tx, UUID deal) {
        return tx.first(ONE, tx.company().value(), deal).map(DealView::of);
    }

    List<DealView> ofCompany(Tx tx, UUID after, String status, int limit) {
        return tx.query(OF_COMPANY, tx.company().value(), after, status, limit).stream()
                .map(DealView::of)
                .toList();
    }

    List<DealView> ofHolding(Tx tx, UUID after, String status, int limit) {
        return tx.query(OF_HOLDING, after, status, limit).stream()
                .map(DealView::of)
                .toList();
    }
}
