package io.centurions.runtime.closure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.contracts.id.MessageId;
import io.centurions.runtime.qualify.Qualify;
import io.centurions.runtime.reply.Conversation;
import io.centurions.runtime.think.CenturionConfig;
import io.centurions.runtime.think.CenturionConfigs;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes a burst of the one row that {@link BurstRepository} reads it as. */
@ApplicationScoped
class ReadBurst {

    private final CenturionConfigs configs;
    private final Qualify qualify;
    private final ObjectMapper json;

    ReadBurst(CenturionConfigs configs, Qualify qualify, ObjectMapper json) {
        this.configs = configs;
        this.qualify = qualify;
        this.json = json;
    }

    BurstRepository.Found of(DueTurn turn, Row row) {
        if (row.getUUID("centurion_id") == null) {
            return new BurstRepository.Found.Unconfigured();
        }
        if (row.getBoolean("on_the_wire")) {
            return new BurstRepository.Found.Undecided();
        }
        if (!row.getBoolean("spend_is_left")) {
            return new BurstRepository.Found.OverPlan();
        }
        Conversation conversation = Conversation.of(turn.company(), row);
        CenturionConfig config = configs.of(
                row.getUUID("centurion_id"), row.getInteger("published_version"), row.getString("published"));
        List<Heard> said = new ArrayList<>();
        List<String> unsaid = new ArrayList<>();
        List<MessageId> takenForSaid = new ArrayList<>();
        for (JsonNode message : parse(row.getString("history"))) {
            switch (message.path("said").asText()) {
                case "never" -> unsaid.add(message.path("text").asText());
                case "soon" -> {
                    said.add(heard(message));
                    takenForSaid.add(said.getLast().id());
                }
                default -> said.add(heard(message));
            }
        }
        if (said.stream()
                .noneMatch(heard -> heard.seq() > conversation.progress().answeredSeq())) {
            return new BurstRepository.Found.Erased(conversation.progress().inboundSeq());
        }
        return new BurstRepository.Found.Ready(new Burst(
                turn,
                conversation,
                config,
                said,
                qualify.read(row.getString("evidence")),
                Duration.ofMillis(row.getLong("age_ms")),
                new Burst.Before(row.getBoolean("late"), unsaid, takenForSaid)));
    }

    private Heard heard(JsonNode message) {
        return new Heard(
                MessageId.parse(message.path("id").asText()),
                message.path("seq").asLong(),
                message.path("kind").asText(),
                message.path("text").textValue(),
                message.path("transcript").textValue(),
                orMissing(message.path("media")),
                message.path("coming").asBoolean(),
                Duration.ofMillis(message.path("waited_ms").asLong()),
                message.path("settled").asBoolean(),
                orMissing(message.path("trace")));
    }

    private JsonNode orMissing(JsonNode node) {
        return node.isNull() ? json.missingNode() : node;
    }

    private JsonNode parse(String stored) {
        try {
            return stored == null ? json.createArrayNode() : json.readTree(stored);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a jsonb column held something that is not JSON", impossible);
        }
    }
}
