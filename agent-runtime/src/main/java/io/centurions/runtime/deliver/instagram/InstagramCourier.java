package io.centurions.runtime.deliver.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.runtime.deliver.Courier;
import io.centurions.runtime.deliver.SendResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Sends bubbles on Instagram. A send without an answer is confirmed by the echo that Meta sends us, or not at all. */
@ApplicationScoped
class InstagramCourier implements Courier {

    private final InstagramClient instagram;
    private final ObjectMapper json;

    InstagramCourier(InstagramClient instagram, ObjectMapper json) {
        this.instagram = instagram;
        this.json = json;
    }

    @Override
    public String channel() {
        return "instagram";
    }

    @Override
    public boolean repeatsInterruptedText() {
        return false;
    }

    @Override
    public boolean echoesWhatWeSend() {
        return true;
    }

    @Override
    public void typing(Address to) {
        ObjectNode typing = json.createObjectNode().put("sender_action", "typing_on");
        typing.putObject("recipient").put("id", to.chat());
        instagram.send(to.company(), to.token(), typing, Duration.ofSeconds(3));
    }

    @Override
    public SendResult send(Address to, Content content, Duration limit) {
        return switch (instagram.send(to.company(), to.token(), body(to, content), limit)) {
            case InstagramClient.Answer.Ok(JsonNode sent) -> ToSendResult.of(sent);
            case InstagramClient.Answer.No no -> ToSendResult.of(no);
            case InstagramClient.Answer.Silent(boolean mayHaveArrived, String why, Duration after) ->
                mayHaveArrived ? new SendResult.Unknown(why) : new SendResult.TryLater(after, why);
        };
    }

    // One attachment per call and no caption: what a caption would say is a bubble of its own.
    private ObjectNode body(Address to, Content content) {
        ObjectNode body = json.createObjectNode();
        body.putObject("recipient").put("id", to.chat());
        ObjectNode message = body.putObject("message");
        if (content.mediaUrl() == null) {
            message.put("text", content.text());
        } else {
            ObjectNode attachment = message.putObject("attachment")
                    .put("type", "document".equals(content.kind()) ? "file" : content.kind());
            attachment.putObject("payload").put("url", content.mediaUrl());
        }
        return body;
    }
}
