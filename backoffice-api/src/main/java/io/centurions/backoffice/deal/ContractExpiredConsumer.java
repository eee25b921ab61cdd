package io.centurions.backoffice.deal;

import io.centurions.contracts.contract.ContractExpired;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import jakarta.enterprise.context.ApplicationScoped;

/** Notes on the deal that nobody signed in time. */
@ApplicationScoped
class ContractExpiredConsumer implements WorkConsumer<ContractExpired> {

    private final MoveDeal moveDeal;
    private final DealRepository deals;

    ContractExpiredConsumer(MoveDeal moveDeal, DealRepository deals) {
        this.moveDeal = moveDeal;
        this.deals = deals;
    }

    @Override
    public Class<ContractExpired> event() {
        return ContractExpired.class;
    }

    @Override
    public Outcome handle(Received<ContractExpired> received) {
        var fact = received.event();
        return moveDeal.once(
                received,
                fact.deal(),
                (tx, schema) ->
                        deals.note(tx, schema, fact.deal(), fact.contract(), "contract_expired", "Contrato expirado"));
    }
}
