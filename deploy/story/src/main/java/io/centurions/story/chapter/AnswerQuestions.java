package io.centurions.story.chapter;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.story.tell.Broken;
import java.util.Optional;

/** The lead answers what the Centurion asks, until they are qualified and their deal exists. */
final class AnswerQuestions {

    private final Stage stage;
    private final TheirChat chat;
    private final String who;

    AnswerQuestions(Stage stage, TheirChat chat, String who) {
        this.stage = stage;
        this.chat = chat;
        this.who = who;
    }

    /** @return the deal as the index has it */
    JsonNode play(String lead) {
        for (Script.Question question : Script.QUESTIONS) {
            answer(question);
        }
        qualified(lead);
        return deal(lead);
    }

    private void answer(Script.Question question) {
        stage.teller().step(who + " is asked \"" + question.question() + "\" and answers", notes -> {
            chat.until(question.question());
            String id = chat.phone().write(question.answer());
            notes.note("message", id);
            return id;
        });
    }

    private void qualified(String lead) {
        stage.teller().step(who + " is qualified with a score", notes -> {
            JsonNode qualified = stage.patience()
                    .until(
                            "qualified lead " + lead,
                            () -> Optional.of(stage.owner().lead(stage.set().id(), lead))
                                    .filter(seen -> seen.path("stage").asText().equals("qualified")));
            notes.note("lead", lead);
            notes.note("score", qualified.path("score").asInt());
            Broken.unless(
                    qualified.path("score").asInt() >= 70, "the score should reach 70: " + qualified.path("score"));
            Broken.unless(
                    qualified.path("evidence").size() == Script.QUESTIONS.size(),
                    "each answer should be kept as evidence: " + qualified.path("evidence"));
            return qualified;
        });
    }

    private JsonNode deal(String lead) {
        return stage.teller().step("the deal is in " + stage.set().schema() + " and in the index", notes -> {
            String company = stage.set().id();
            JsonNode indexed = stage.patience()
                    .until("deal of lead " + lead, () -> stage.owner().dealInIndex(company, lead));
            JsonNode own = stage.owner().deal(company, indexed.path("id").asText());
            notes.note("deal", own.path("id").asText());
            notes.note("core_lead_id", own.path("leadId").asText());
            Broken.unless(
                    indexed.path("schemaName").asText().equals(stage.set().schema()),
                    "the index should name the company's schema: " + indexed);
            Broken.unless(own.path("leadId").asText().equals(lead), "the deal should carry its lead: " + own);
            Broken.unless(
                    own.path("activities").size() > 0, "the briefing should be among the deal's activities: " + own);
            return indexed;
        });
    }
}
