package io.centurions.story.chapter;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.story.tell.Broken;
import io.centurions.story.world.Phone;
import java.util.LinkedHashMap;
import java.util.Map;

/** A visitor of a web page leaves their number, gets a first message on WhatsApp, and goes the same way. */
public final class LeadOfAForm {

    private final Stage stage;
    private final TheirChat chat;

    public LeadOfAForm(Stage stage) {
        this.stage = stage;
        Phone phone = stage.outside()
                .phone("whatsapp", stage.set().whatsapp(), stage.script().number("form"), "João do Site");
        this.chat = new TheirChat(stage, phone);
    }

    public void play() {
        String lead = submit();
        firstMessage();
        JsonNode deal = new AnswerQuestions(stage, chat, "the visitor").play(lead);
        new SignContract(stage, chat, "the visitor", lead).play(deal.path("id").asText());
        new SeeConversions(stage)
                .ofTheForm(stage.script().email(), stage.script().number("form"));
    }

    private String submit() {
        return stage.teller().step("a visitor fills in the form of a web page", notes -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", "João do Site");
            fields.put("email", stage.script().email());
            fields.put("phone", "+" + stage.script().number("form"));
            fields.put("page_url", "https://clinica.example/implantes");
            fields.put("utm_source", "site");
            fields.put("fbclid", "historia-" + stage.script().run());
            fields.put("client_user_agent", "Mozilla/5.0 (historia)");
            fields.put("consent", true);
            JsonNode answer = stage.visitor().submitForm(stage.set().formKey(), fields);
            Broken.unless(answer.path("accepted").asBoolean(), "the form should be accepted: " + answer);
            JsonNode again = stage.visitor().submitForm(stage.set().formKey(), fields);
            Broken.unless(again.path("accepted").asBoolean(), "the same form again should be accepted: " + again);
            String lead = chat.lead("João do Site").path("id").asText();
            notes.note("lead", lead);
            return lead;
        });
    }

    private void firstMessage() {
        stage.teller().step("they get a first message on WhatsApp", notes -> {
            notes.note("bubbles", chat.untilMoreThan(0).size());
            return chat;
        });
    }
}
