package io.centurions.capi.ledger;

import io.centurions.capi.mapping.Money;
import io.centurions.contracts.id.DealId;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What the governance slice grants us to read of deals: the mirror, never a company's own schema. */
@ApplicationScoped
public class DealRepository {

    private static final String WORTH =
            "SELECT value_cents, currency FROM core.deals_index WHERE company_id = $1 AND deal_id = $2";

    /** What a deal is worth; empty while it is not mirrored yet. */
    public Optional<Money> worth(Tx tx, DealId deal) {
        return tx.first(WORTH, tx.company().value(), deal.value())
                .map(row -> new Money(row.getLong("value_cents"), row.getString("currency")));
    }
}
