package io.centurions.evolution.media;

import io.centurions.contracts.id.CompanyId;
import java.util.UUID;

/**
 * A file that a stored message speaks of.
 *
 * @param bytes  of it, as its message says, which anybody may have written; null when it does not, or turned out to be wrong
 * @param inline the file itself in base64, where the webhook brought it along; null when it has to be fetched
 */
public record WantedFile(
        CompanyId company,
        UUID instance,
        UUID message,
        UUID conversation,
        String providerMessageId,
        String kind,
        Long bytes,
        String inline) {

    /** The same, of which nobody knows how large it is. */
    WantedFile ofUnknownSize() {
        return new WantedFile(company, instance, message, conversation, providerMessageId, kind, null, inline);
    }

    /** Bytes of it that are to be read: what its message says or brings along, and never more than are kept. */
    int bytesToRead(int bytesMax) {
        if (inline != null) {
            return Math.min(inline.length(), bytesMax);
        }
        return bytes == null || bytes <= 0 ? bytesMax : (int) Math.min(bytes, bytesMax);
    }

    @Override
    public String toString() {
        return "WantedFile[" + message + "]";
    }
}
