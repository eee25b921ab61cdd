package io.centurions.autentique.contract;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ContractId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Notes that a contract is to be withdrawn; the loop does it, unless everybody has signed before the provider could be
 * told. Asking again changes nothing.
 */
@ApplicationScoped
class CancelContract {

    private final Database database;
    private final ContractRepository contracts;
    private final DueSignal due;

    CancelContract(Database database, ContractRepository contracts, DueSignal due) {
        this.database = database;
        this.contracts = contracts;
        this.due = due;
    }

    /** @throws Problem 404 when the company has no such contract, 409 when it is decided already in another way */
    ContractView cancel(CompanyId company, ContractId contract) {
        return database.asCompany(company, tx -> {
            Contract found = contracts.lock(tx, contract.value()).orElseThrow(() -> Problem.notFound("contract"));
            boolean canceled = found.state() instanceof ContractState.Canceled;
            if (!found.state().open() && !canceled) {
                throw Problem.conflict(
                        "contract-closed", "The contract is " + found.state().status() + " already.");
            }
            if (!canceled) {
                contracts.requestCancel(tx, contract.value());
                tx.afterCommit(due::ring);
            }
            return contracts.view(tx, contract.value()).orElseThrow();
        });
    }
}
