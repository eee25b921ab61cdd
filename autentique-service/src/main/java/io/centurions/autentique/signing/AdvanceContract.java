package io.centurions.autentique.signing;

import io.centurions.autentique.contract.Contract;
import io.centurions.autentique.contract.ContractState.Sending;
import io.centurions.autentique.contract.ContractState.Sent;
import io.centurions.platform.tenancy.Trace;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes a claimed contract one step further, under the trace of the request that opened it. */
@ApplicationScoped
class AdvanceContract {

    private final Steps steps;
    private final SendContract send;
    private final ApplyNotice follow;
    private final WithdrawContract withdraw;

    AdvanceContract(Steps steps, SendContract send, ApplyNotice follow, WithdrawContract withdraw) {
        this.steps = steps;
        this.send = send;
        this.follow = follow;
        this.withdraw = withdraw;
    }

    void advance(Held held) {
        steps.read(held).ifPresent(contract -> Trace.run(contract.trace(), () -> step(held, contract)));
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
