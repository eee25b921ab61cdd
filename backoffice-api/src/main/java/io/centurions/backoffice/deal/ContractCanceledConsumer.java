package io.centurions.backoffice.deal;

import io.centurions.contracts.contract.ContractCanceled;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import jakarta.enterprise.context.ApplicationScoped;

/** Notes on the deal that its contract was withdrawn. */
@ApplicationScoped
class ContractCanceledConsumer implements WorkConsumer<ContractCanceled> {

    private final MoveDeal moveDeal;
    private final DealRepository deals;

    ContractCanceledConsumer(MoveDeal moveDeal, DealRepository deals) {
        this.moveDeal = moveDeal;
        this.deals = deals;
    }

    @Override
    public Class<ContractCanceled> event() {
        return ContractCanceled.class;
    }

    @Override
    public Outcome handle(Received<ContractCanceled> received) {
        var fact = received.event();
        return moveDeal.once(
                received,
                fact.deal(),
                (tx, schema) -> deals.note(
                        tx, schema, fact.deal(), fact.contract(), "contract_canceled", "Contrato cancelado"));
    }
}
