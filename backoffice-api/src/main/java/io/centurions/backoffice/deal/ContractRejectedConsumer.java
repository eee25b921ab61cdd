package io.centurions.backoffice.deal;

import io.centurions.contracts.contract.ContractRejected;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import jakarta.enterprise.context.ApplicationScoped;

/** Notes a refused signature on the deal; whether the deal is lost is a person's decision. */
@ApplicationScoped
class ContractRejectedConsumer implements WorkConsumer<ContractRejected> {

    private final MoveDeal moveDeal;
    private final DealRepository deals;

    ContractRejectedConsumer(MoveDeal moveDeal, DealRepository deals) {
        this.moveDeal = moveDeal;
        this.deals = deals;
    }

    @Override
    public Class<ContractRejected> event() {
        return ContractRejected.class;
    }

    @Override
    public Outcome handle(Received<ContractRejected> received) {
        var fact = received.event();
        return moveDeal.once(
                received,
                fact.deal(),
                (tx, schema) ->
                        deals.note(tx, schema, fact.deal(), fact.contract(), "contract_rejected", "Contrato recusado"));
    }
}
