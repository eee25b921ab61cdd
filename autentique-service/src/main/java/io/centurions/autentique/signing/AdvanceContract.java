package io.centurions.autentique.signing;

import io.centurions.autentique.contract.Contract;
import io.centurions.autentique.contract.ContractRepository;
import io.centurions.autentique.contract.ContractState.Sending;
import io.centurions.autentique.contract.ContractState.Sent;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Trace;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes a claimed contract one step further, under the trace of the request that opened it. */
@ApplicationScoped
class AdvanceContract {

    private final Database database;
    private final ContractRepository contracts;
    private final SendContract send;
    private final ApplyNotice follow;
    private final WithdrawContract withdraw;

    AdvanceContract(
            Database database,
            ContractRepository contracts,
            SendContract send,
            ApplyNotice follow,
            WithdrawContract withdraw) {
        this.database = database;
        this.contracts = contracts;
        this.send = send;
        this.follow = follow;
        this.withdraw = withdraw;
    }

    void advance(Held held) {
        database.asCompany(held.company(), tx -> contracts.held(tx, held.contract(), held.fence()))
                .ifPresent(contract -> Trace.run(contract.trace(), () -> step(held, contract)));
    }

    private void step(Held held, Contract contract) {
        switch (contract.state()) {
            case Sending sending -> send.send(held, contract, sending);
            case Sent sent when contract.cancelRequested() -> withdraw.withdraw(held, contract, sent);
            case Sent sent -> follow.apply(held, contract, sent);
            default ->
                throw new IllegalStateException("contract " + contract.id() + " is due although it is "
                        + contract.state().status());
        }
    }
}
