package io.centurions.autentique.autentique;

import java.time.Instant;
import java.util.UUID;

/** What a webhook of Autentique says. */
public sealed interface Notice {

    /**
     * Something happened to a document or to one of its signatures.
     *
     * @param eventId    the provider's, the same when it is sent again
     * @param type       as {@code document.finished}
     * @param document   the provider's id of the document
     * @param reference  our contract, where the document's name carries it; null otherwise
     * @param occurredAt the provider's clock; null when it could not be read
     * @param kept       what may be stored of it, as JSON: no personal data
     */
    record AboutDocument(String eventId, String type, String document, UUID reference, Instant occurredAt, String kept)
            implements Notice {}

    /** Genuine, and nothing that we act on. */
    record Ignored(String reason) implements Notice {}

    /** Genuine, as far as its signature says, and not to be understood. */
    record Unreadable() implements Notice {}
}
