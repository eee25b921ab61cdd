package io.centurions.backoffice.provisioning;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Person;
import io.centurions.platform.tenancy.Tx;

/**
 * One step of making a company. What it does in the database belongs to the transaction that marks it done,
 * so it is done once or not at all. What it does elsewhere comes before, and may be done again.
 */
interface Step {

    /** As it stands in the rows and in the API; never changed once released. */
    String name();

    /** What is not in the database: no transaction is open, and nothing is marked done when it throws. */
    default void reach(CompanyId company) {}

    /**
     * @param startedBy in whose name it is done, also when the sweep finishes it
     */
    void run(Tx tx, Person startedBy);
}
