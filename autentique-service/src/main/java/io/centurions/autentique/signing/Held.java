package io.centurions.autentique.signing;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ContractId;

/**
 * A contract that this replica has claimed.
 *
 * @param fence the number of the claim; whoever writes with an older one changes nothing
 */
record Held(CompanyId company, ContractId contract, long fence) {}
