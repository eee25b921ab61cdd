package io.centurions.runtime.deliver.telegram;

import io.centurions.contracts.id.CompanyId;

/**
 * Whose bot it is, and what opens it.
 *
 * @param token a secret
 */
public record Bot(CompanyId company, String token) {

    /** Never shows the token. */
    @Override
    public String toString() {
        return "Bot[" + company + "]";
    }
}
