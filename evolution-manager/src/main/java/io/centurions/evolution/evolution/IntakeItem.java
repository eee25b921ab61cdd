package io.centurions.evolution.evolution;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One row of a batch for the intake, in the words of the whole installation.
 *
 * @param instanceId        the address it came to
 * @param what              message, status, echo, edit, delete, reaction or presence
 * @param providerKey       what a repeat of the same fact repeats: chat, direction, what, provider id, revision
 * @param providerMessageId the message it is, or the message it is about
 * @param chatRef           the address to answer to
 * @param identities        all that is known of who it is, the phone first
 * @param name              as the person calls himself; absent on what we sent
 * @param kind              text, image, audio, video, document, sticker, location, contact, reaction or other
 * @param text              what was written, or the caption
 * @param media             what is known of the file without having it, or of a place or contact
 * @param referral          the ad that led here
 * @param replyTo           the provider id of the message it answers or reacts to
 * @param writtenAt         the provider's clock, in whole seconds
 * @param status            accepted, delivered, read or failed
 * @param failure           why, as a code
 * @param inlineMedia       the file itself in base64, where the server was set up to send it along and it is small; stored afterwards, never in the batch
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record IntakeItem(
        UUID instanceId,
        String what,
        String providerKey,
        String providerMessageId,
        String chatRef,
        List<Identity> identities,
        String name,
        String kind,
        String text,
        JsonNode media,
        JsonNode referral,
        String replyTo,
        Instant writtenAt,
        String status,
        String failure,
        @JsonIgnore String inlineMedia) {

    /** One name by which a person is known to a provider. */
    @RegisterForReflection
    public record Identity(String kind, String value) {}

    /** Whether there is a file to fetch. */
    @JsonIgnore
    public boolean hasFile() {
        return "message".equals(what)
                && media != null
                && media.path("state").asText("").equals("pending");
    }

    /** How large the file is, as the message says; null when it does not. */
    @JsonIgnore
    public Long fileBytes() {
        return Wire.number(media.path("bytes"));
    }

    @Override
    public String toString() {
        return "IntakeItem[" + what + " " + kind + "]";
    }
}
