package io.centurions.story.chapter;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.story.tell.Broken;
import java.util.List;

/** Leads on Telegram and on Instagram get their replies through the same pipeline. */
public final class OtherChannels {

    private final Stage stage;

    public OtherChannels(Stage stage) {
        this.stage = stage;
    }

    public void play() {
        replies("telegram", stage.set().telegram(), "Tânia do Telegram");
        replies("instagram", stage.set().instagram(), "Inês do Instagram");
    }

    private void replies(String channel, String account, String name) {
        stage.teller().step("a lead on " + channel + " gets a reply", notes -> {
            TheirChat chat = new TheirChat(
                    stage,
                    stage.outside().phone(channel, account, stage.script().number(channel), name));
            notes.note("message", chat.phone().write("Olá, vocês fazem implante?"));
            List<JsonNode> bubbles = chat.until(Script.QUESTIONS.getFirst().question());
            notes.note("bubbles", bubbles.size());
            stage.patience()
                    .until(
                            "lead of " + channel,
                            () -> stage.owner()
                                    .findLead(
                                            stage.set().id(),
                                            lead -> lead.path("source").asText().equals(channel)));
            Broken.unless(bubbles.size() > 1, "the reply should come in several bubbles");
            return bubbles;
        });
    }
}
