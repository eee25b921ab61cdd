package io.centurions.evolution.media;

import io.centurions.contracts.id.CompanyId;
import java.util.UUID;

/**
 * A file that a stored message speaks of.
 *
 * @param inline the file itself in base64, where the webhook brought it along; null when it has to be fetched
 */
public record WantedFile(
        CompanyId company,
        UUID instance,
        UUID message,
        UUID conversation,
        String providerMessageId,
        String kind,
        String inline) {

    @Override
    public String toString() {
        return "WantedFile[" + message + "]";
    }
}
