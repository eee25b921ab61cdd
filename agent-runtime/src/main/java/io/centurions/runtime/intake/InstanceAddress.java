package io.centurions.runtime.intake;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import java.security.MessageDigest;

/**
 * A channel instance as a webhook needs it.
 *
 * @param channel    null when it was found by its account, whose channel was part of the question
 * @param secretHash SHA-256 of the webhook's secret; empty when the instance has none
 */
public record InstanceAddress(InstanceId id, CompanyId company, String channel, boolean deleted, byte[] secretHash) {

    /** Compares in constant time; an instance without a secret accepts nothing. */
    public boolean accepts(byte[] hashOfGivenSecret) {
        return secretHash.length > 0 && MessageDigest.isEqual(secretHash, hashOfGivenSecret);
    }
}
