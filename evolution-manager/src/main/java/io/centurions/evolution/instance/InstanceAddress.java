package io.centurions.evolution.instance;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.webhooks.Signatures;

/**
 * Whose a webhook address is, and how to tell that a call on it is genuine.
 *
 * @param serverName what the instance is called at the server
 */
public record InstanceAddress(
        InstanceId instance, CompanyId company, byte[] secretHash, String serverName, boolean deleted) {

    /** Compares in constant time, so that nobody learns the secret from how long the refusal takes. */
    public boolean opensWith(String givenSecret) {
        return Signatures.matches(secretHash, givenSecret);
    }

    @Override
    public String toString() {
        return "InstanceAddress[" + instance + "]";
    }
}
