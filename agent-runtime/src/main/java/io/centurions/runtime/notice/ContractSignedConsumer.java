package io.centurions.runtime.notice;

import io.centurions.contracts.contract.ContractSigned;
import io.centurions.platform.streams.Consumed;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** The contract is signed: the lead hears of it in the same chat. */
@ApplicationScoped
class ContractSignedConsumer implements WorkConsumer<ContractSigned> {

    private final Database database;
    private final Consumed consumed;
    private final TellLead tellLead;

    ContractSignedConsumer(Database database, Consumed consumed, TellLead tellLead) {
        this.database = database;
        this.consumed = consumed;
        this.tellLead = tellLead;
    }

    @Override
    public Class<ContractSigned> event() {
        return ContractSigned.class;
    }

    @Override
    public Outcome handle(Received<ContractSigned> received) {
        ContractSigned signed = received.event();
        database.runAsCompany(received.company(), tx -> {
            if (consumed.first(tx, received)) {
                tellLead.signed(tx, signed.lead(), signed.contract());
            }
        });
        return Outcome.done();
    }
}
