package io.centurions.backoffice.deal;

import io.centurions.contracts.contract.ContractCreated;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import jakarta.enterprise.context.ApplicationScoped;

/** Ties a contract that was sent to its deal. */
@ApplicationScoped
class ContractCreatedConsumer implements WorkConsumer<ContractCreated> {

    private final MoveDeal moveDeal;
    private final DealRepository deals;

    ContractCreatedConsumer(MoveDeal moveDeal, DealRepository deals) {
        this.moveDeal = moveDeal;
        this.deals = deals;
    }

    @Override
    public Class<ContractCreated> event() {
        return ContractCreated.class;
    }

    @Override
    public Outcome handle(Received<ContractCreated> received) {
        var fact = received.event();
        return moveDeal.once(received, fact.deal(), (tx, schema) -> {
            deals.carryContract(tx, schema, fact.deal(), fact.contract());
            deals.note(tx, schema, fact.deal(), fact.contract(), "contract_sent", "Contrato enviado para assinatura");
        });
    }
}
