package io.centurions.story.chapter;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.story.tell.Broken;
import io.centurions.story.world.Phone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A lead clicks an ad on WhatsApp, writes in a burst, and goes the whole way to a signed contract and three conversions. */
public final class LeadOfAnAd {

    private static final List<String> BURST = List.of("Oi", "vi o anúncio de vocês", "queria saber do implante");

    private final Stage stage;
    private final TheirChat chat;
    private final List<Said> said = new ArrayList<>();

    public LeadOfAnAd(Stage stage) {
        this.stage = stage;
        Phone phone = stage.outside()
                .phone("whatsapp", stage.set().whatsapp(), stage.script().number("ad"), "Maria do Anúncio");
        this.chat = new TheirChat(stage, phone);
    }

    /** A message and the id under which the provider may repeat it. */
    record Said(String id, String text, Map<String, Object> more) {}

    /** What the last chapter needs to repeat the burst and to see that nothing changed. */
    public record Told(String conversation, TheirChat chat, List<Said> burst) {}

    public Told play() {
        writeBurst();
        JsonNode lead = oneReply();
        String leadId = lead.path("id").asText();
        String conversation = chat.conversation(lead);
        eachTrackedToRead(conversation);
        JsonNode deal = new AnswerQuestions(stage, chat, "the lead")
                .play(lead.path("id").asText());
        new SignContract(stage, chat, "the lead", leadId).play(deal.path("id").asText());
        new SeeConversions(stage).ofTheAd(stage.script().clickId());
        return new Told(conversation, chat, List.copyOf(said));
    }

    private void writeBurst() {
        stage.teller().step("a lead clicks an ad and writes three messages in a burst", notes -> {
            for (String text : BURST) {
                Map<String, Object> more = said.isEmpty()
                        ? Map.of("adClick", Map.of("ctwaClid", stage.script().clickId()))
                        : Map.of();
                String id = chat.phone().write(text, more);
                said.add(new Said(id, text, more));
                notes.note("message", id);
            }
            return said;
        });
    }

    private JsonNode oneReply() {
        return stage.teller().step("one reply comes in several paced bubbles, in order", notes -> {
            chat.until(Script.QUESTIONS.getFirst().question());
            JsonNode lead = chat.lead("Maria do Anúncio");
            List<JsonNode> bubbles = chat.sent(chat.conversation(lead));
            long replies = bubbles.stream()
                    .map(bubble -> bubble.path("replyId").asText())
                    .distinct()
                    .count();
            notes.note("lead", lead.path("id").asText());
            notes.note("conversation", chat.conversation(lead));
            notes.note("reply", bubbles.getFirst().path("replyId").asText());
            notes.note("bubbles", bubbles.size());
            Broken.unless(
                    lead.path("source").asText().equals("whatsapp_ad"),
                    "the source should be the ad: " + lead.path("source"));
            Broken.unless(replies == 1, "the burst should get one reply, not " + replies);
            Broken.unless(bubbles.size() > 1, "the reply should come in several bubbles");
            inOrder(bubbles);
            paced(bubbles);
            return lead;
        });
    }

    private void inOrder(List<JsonNode> bubbles) {
        List<String> written =
                bubbles.stream().map(bubble -> bubble.path("text").asText()).toList();
        List<String> seen = chat.phone().received().stream()
                .map(bubble -> bubble.path("text").asText())
                .toList();
        Broken.unless(
                seen.equals(written),
                "the telephone should show the bubbles in their order: " + seen + " instead of " + written);
    }

    private void paced(List<JsonNode> bubbles) {
        for (int at = 1; at < bubbles.size(); at++) {
            Duration pause = Duration.between(sentAt(bubbles.get(at - 1)), sentAt(bubbles.get(at)));
            Broken.unless(
                    pause.toMillis() >= stage.script().shortestPauseMs(),
                    "bubbles should be paced, but only " + pause.toMillis() + " ms lie between two");
        }
    }

    private static Instant sentAt(JsonNode bubble) {
        return Instant.parse(bubble.path("sentAt").asText());
    }

    private void eachTrackedToRead(String conversation) {
        stage.teller()
                .step(
                        "each bubble is tracked to read",
                        notes -> stage.patience()
                                .until(
                                        "read receipts",
                                        () -> Optional.of(chat.sent(conversation))
                                                .filter(sent -> sent.stream()
                                                        .allMatch(bubble -> bubble.path("status")
                                                                .asText()
                                                                .equals("read")))));
    }
}
