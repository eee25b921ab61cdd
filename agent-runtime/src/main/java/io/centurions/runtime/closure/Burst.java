package io.centurions.runtime.closure;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.contracts.id.MessageId;
import io.centurions.platform.tenancy.Trace;
import io.centurions.runtime.qualify.Evidence;
import io.centurions.runtime.reply.Conversation;
import io.centurions.runtime.reply.TurnRecord.Origin;
import io.centurions.runtime.think.CenturionConfig;
import io.centurions.runtime.think.Line;
import io.centurions.runtime.understand.Unheard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a turn answers to: the lead's unanswered messages, with what was said before.
 *
 * @param age    since its first message, by the database's clock
 * @param before what this burst cut off or is still waiting for
 */
record Burst(
        DueTurn turn,
        Conversation conversation,
        CenturionConfig config,
        List<Heard> messages,
        Map<String, Evidence> known,
        Duration age,
        Before before) {

    /**
     * What happened to the machine's words before this turn.
     *
     * @param late         true when the lead was already asked to wait
     * @param unsaid       what of the last reply was never sent, because the lead wrote again
     * @param takenForSaid what was being sent or still to be, and may turn out not to have been
     */
    record Before(boolean late, List<String> unsaid, List<MessageId> takenForSaid) {}

    long firstSeq() {
        return conversation.progress().answeredSeq() + 1;
    }

    long lastSeq() {
        return conversation.progress().inboundSeq();
    }

    Origin origin() {
        return Origin.burst(firstSeq());
    }

    /** The turn belongs to the trace of the words that it answers. */
    Trace trace() {
        JsonNode newest = messages.stream()
                .filter(Heard::fromLead)
                .reduce((one, later) -> later)
                .map(Heard::trace)
                .orElseThrow();
        return newest.path("correlation_id").isTextual()
                ? new Trace(
                        UUID.fromString(newest.path("correlation_id").asText()),
                        null,
                        newest.path("traceparent").textValue())
                : Trace.started(null);
    }

    Stream<Heard> unanswered() {
        return messages.stream().filter(heard -> heard.seq() >= firstSeq());
    }

    /** For how long it has waited for the media that it has waited for longest, understood since or not. */
    Duration waitedLongest() {
        return unanswered().map(Heard::waited).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    List<Unheard> unheard() {
        return unanswered().flatMap(heard -> heard.unheard().stream()).toList();
    }

    Burst understood(Map<MessageId, String> transcripts) {
        List<Heard> now = messages.stream()
                .map(heard -> heard.understoodAs(transcripts.get(heard.id())))
                .toList();
        return new Burst(turn, conversation, config, now, known, age, before);
    }

    List<Line> lines() {
        return messages.stream().map(ToLine::of).toList();
    }

    /** What is known of the criteria, as lines for the model. */
    List<String> knownLines() {
        List<String> lines = new ArrayList<>();
        known.forEach((key, evidence) -> {
            if (evidence.answer() != null) {
                lines.add(key + ": " + evidence.answer()
                        + (evidence.met() == null ? "" : evidence.met() ? " (met)" : " (not met)"));
            }
        });
        return lines;
    }

    Map<Long, MessageId> idsBySeq() {
        Map<Long, MessageId> ids = new LinkedHashMap<>();
        messages.stream().filter(Heard::fromLead).forEach(heard -> ids.put(heard.seq(), heard.id()));
        return ids;
    }
}
