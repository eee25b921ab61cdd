package io.centurions.autentique.autentique;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.platform.webhooks.WebhookJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a webhook. Live deliveries put the resource into {@code event.data}, the documented example nests it in
 * {@code event.data.object}; both are taken. Only listed fields are kept, because the body carries tax numbers, birth
 * dates, addresses and positions of people.
 */
@ApplicationScoped
public class ReadNotice {

    private static final Set<String> DOCUMENT_TYPES =
            Set.of("document.created", "document.updated", "document.deleted", "document.finished");
    private static final Set<String> SIGNATURE_TYPES = Set.of(
            "signature.created",
            "signature.updated",
            "signature.deleted",
            "signature.viewed",
            "signature.accepted",
            "signature.rejected",
            "signature.biometric_approved",
            "signature.biometric_unapproved",
            "signature.biometric_reset",
            "signature.biometric_rejected",
            "signature.delivery_failed");
    private static final Set<String> OTHER_TYPES = Set.of("member.created", "member.deleted");

    private static final List<String> KEPT = List.of(
            "id",
            "public_id",
            "document",
            "object",
            "action",
            "viewed",
            "signed",
            "rejected",
            "signatures_count",
            "signed_count",
            "rejected_count",
            "is_blocked",
            "created_at",
            "updated_at",
            "deleted_at",
            "deadline_at");
    private static final List<String> KEPT_OF_MAIL = List.of("sent", "opened", "refused", "delivered");

    private static final Pattern REFERENCE =
            Pattern.compile("\\[([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})]$");

    private final ObjectMapper json;

    ReadNotice(ObjectMapper json) {
        this.json = json;
    }

    public Notice read(byte[] body) {
        JsonNode event;
        try {
            event = WebhookJson.read(json, body).path("event");
        } catch (JsonProcessingException e) {
            // Not JSON: the legacy form-encoded format, or broken. The caller keeps it as it came.
            return new Notice.Unreadable();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read bytes that are there", e);
        }
        String type = event.path("type").asText("");
        if (type.isEmpty()) {
            return new Notice.Unreadable();
        }
        if (OTHER_TYPES.contains(type)) {
            return new Notice.Ignored("not_about_documents");
        }
        if (!DOCUMENT_TYPES.contains(type) && !SIGNATURE_TYPES.contains(type)) {
            return new Notice.Ignored("unknown_event");
        }
        return aboutDocument(event, type);
    }

    /** A body that says the same and holds nothing personal: what is kept of a document that may be a stranger's. */
    public byte[] withoutPeople(Notice.AboutDocument notice) {
        ObjectNode body = json.createObjectNode();
        ObjectNode event = body.putObject("event").put("id", notice.eventId()).put("type", notice.type());
        if (notice.occurredAt() != null) {
            event.put("created_at", notice.occurredAt().toString());
        }
        try {
            ObjectNode resource = (ObjectNode) json.readTree(notice.kept());
            if (notice.reference() != null) {
                resource.put("name", "[" + notice.reference() + "]");
            }
            event.set("data", resource);
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read cannot be written again", e);
        }
    }

    private Notice aboutDocument(JsonNode event, String type) {
        JsonNode data = event.path("data");
        JsonNode resource = data.path("object").isObject() ? data.get("object") : data;
        String document = DOCUMENT_TYPES.contains(type)
                ? resource.path("id").asText("")
                : resource.path("document").asText("");
        String eventId = event.path("id").asText("");
        if (document.isEmpty() || eventId.isEmpty() || eventId.length() > 200) {
            return new Notice.Unreadable();
        }
        return new Notice.AboutDocument(
                eventId,
                type,
                document,
                reference(resource.path("name").asText("")),
                ReadDocument.time(event.path("created_at")),
                kept(resource).toString());
    }

    private ObjectNode kept(JsonNode resource) {
        ObjectNode kept = json.createObjectNode();
        for (String name : KEPT) {
            JsonNode value = resource.path(name);
            if (value.isValueNode() && !value.isNull()) {
                kept.set(name, value);
            }
        }
        for (String name : KEPT_OF_MAIL) {
            JsonNode value = resource.path("mail").path(name);
            if (value.isTextual()) {
                kept.set("mail_" + name, value);
            }
        }
        return kept;
    }

    private static UUID reference(String name) {
        Matcher matcher = REFERENCE.matcher(name);
        return matcher.find() ? UUID.fromString(matcher.group(1)) : null;
    }
}
