package io.centurions.runtime.qualify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.contracts.id.MessageId;
import io.centurions.contracts.id.TurnId;
import io.centurions.platform.tenancy.Tx;
import io.centurions.runtime.reply.Conversation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/** The scores of leads, one row per turn that found something. */
@ApplicationScoped
public class ScoreRepository {

    private final ObjectMapper json;

    ScoreRepository(ObjectMapper json) {
        this.json = json;
    }

    void add(Tx tx, Conversation conversation, TurnId turn, int configVersion, Assessment assessment) {
        tx.send(
                """
                INSERT INTO core.lead_scores (company_id, lead_id, conversation_id, turn_id, score, evidence, centurion_version)
                VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7)
                """,
                tx.company().value(),
                conversation.lead().value(),
                conversation.id().value(),
                turn.value(),
                assessment.score(),
                write(assessment.evidence()),
                configVersion);
    }

    Map<String, Evidence> read(String stored) {
        Map<String, Evidence> evidence = new LinkedHashMap<>();
        try {
            json.readTree(stored).properties().forEach(entry -> evidence.put(entry.getKey(), one(entry.getValue())));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a jsonb column held something that is not JSON", impossible);
        }
        return evidence;
    }

    private static Evidence one(JsonNode stored) {
        return new Evidence(
                stored.path("answer").textValue(),
                stored.path("met").isBoolean() ? stored.path("met").booleanValue() : null,
                stored.path("message").isTextual()
                        ? MessageId.parse(stored.path("message").textValue())
                        : null);
    }

    private String write(Map<String, Evidence> evidence) {
        ObjectNode written = json.createObjectNode();
        evidence.forEach((key, each) -> written.putObject(key)
                .put("met", each.met())
                .put("answer", each.answer())
                .put("message", each.message() == null ? null : each.message().toString()));
        return written.toString();
    }
}
