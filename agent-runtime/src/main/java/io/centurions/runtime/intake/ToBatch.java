package io.centurions.runtime.intake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.platform.tenancy.Trace;
import java.util.List;

/** What arrived, as the items of {@code core.receive_messages_v1}. */
final class ToBatch {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ToBatch() {}

    static List<String> of(List<Arrived> arrived) {
        Trace trace = Trace.current();
        return arrived.stream()
                .map(each -> CleanText.of(item(each, trace)).toString())
                .toList();
    }

    private static ObjectNode item(Arrived arrived, Trace trace) {
        Incoming incoming = arrived.incoming();
        Incoming.Ids ids = incoming.ids();
        Incoming.Content content = incoming.content();
        ObjectNode item = JSON.objectNode()
                .put("instance_id", arrived.instance().value().toString())
                .put("what", incoming.what().wire())
                .put("provider_key", ids.providerKey(incoming.what()))
                .put("provider_message_id", ids.providerId())
                .put("chat_ref", ids.chat())
                .put("name", incoming.sender().name())
                .put("kind", content.kind().wire())
                .put("text", content.text())
                .put("reply_to", ids.replyTo())
                .put("written_at", incoming.writtenAt().toString())
                .put("status", content.status());
        item.set("identities", identities(incoming.sender()));
        item.set("media", content.media());
        item.set("referral", content.referral());
        item.set(
                "trace",
                JSON.objectNode()
                        .put("correlation_id", String.valueOf(trace.correlationId()))
                        .put("traceparent", trace.traceparent()));
        return item;
    }

    private static ArrayNode identities(Incoming.Sender sender) {
        ArrayNode identities = JSON.arrayNode();
        sender.identities()
                .forEach(identity ->
                        identities.addObject().put("kind", identity.kind()).put("value", identity.value()));
        return identities;
    }
}
