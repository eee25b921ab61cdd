package io.centurions.autentique.autentique;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.autentique.contract.SeenDocument;
import io.centurions.autentique.contract.SeenSignature;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;

/** A document as {@link Documents#LOOK} answers it, in our words. */
final class ReadDocument {

    private ReadDocument() {}

    static SeenDocument of(JsonNode document) {
        var signatures = new ArrayList<SeenSignature>();
        for (JsonNode signature : document.path("signatures")) {
            // The account's owner may be listed without an action: nobody waits for that signature.
            if (!signature.path("action").path("name").asText("").isEmpty()) {
                signatures.add(signature(signature));
            }
        }
        return new SeenDocument(
                document.path("id").asText(),
                time(document.path("deadline_at")),
                time(document.path("deleted_at")),
                signatures);
    }

    /** Null for what is absent or is no time. */
    static Instant time(JsonNode value) {
        if (!value.isTextual()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value.asText()).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static SeenSignature signature(JsonNode signature) {
        return new SeenSignature(
                signature.path("public_id").asText(),
                text(signature.path("name"), signature.path("user").path("name")),
                text(signature.path("email"), signature.path("user").path("email")),
                text(signature.path("link").path("short_link"), signature.path("none")),
                time(signature.path("viewed").path("created_at")),
                time(signature.path("signed").path("created_at")),
                time(signature.path("rejected").path("created_at")),
                text(signature.path("rejected").path("reason"), signature.path("none")));
    }

    private static String text(JsonNode first, JsonNode otherwise) {
        return first.isTextual() ? first.asText() : otherwise.isTextual() ? otherwise.asText() : null;
    }
}
