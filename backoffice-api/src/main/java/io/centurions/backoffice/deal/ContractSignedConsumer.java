package io.centurions.backoffice.deal;

import io.centurions.contracts.contract.ContractSigned;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import jakarta.enterprise.context.ApplicationScoped;

/** A signed contract wins its deal, at the time of the signature; a deal that is won already stays as it is. */
@ApplicationScoped
class ContractSignedConsumer implements WorkConsumer<ContractSigned> {

    private final MoveDeal moveDeal;
    private final WinDeal winDeal;

    ContractSignedConsumer(MoveDeal moveDeal, WinDeal winDeal) {
        this.moveDeal = moveDeal;
        this.winDeal = winDeal;
    }

    @Override
    public Class<ContractSigned> event() {
        return ContractSigned.class;
    }

    @Override
    public Outcome handle(Received<ContractSigned> received) {
        var fact = received.event();
        var signature = new WinDeal.Signature(fact.deal(), fact.contract(), fact.at());
        return moveDeal.once(received, fact.deal(), (tx, schema) -> winDeal.win(tx, schema, signature));
    }
}
