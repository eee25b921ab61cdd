package io.centurions.story.chapter;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.story.world.Phone;
import java.util.List;
import java.util.Optional;

/** One lead's conversation, seen from the telephone and from the back office. */
final class TheirChat {

    private final Stage stage;
    private final Phone phone;

    TheirChat(Stage stage, Phone phone) {
        this.stage = stage;
        this.phone = phone;
    }

    Phone phone() {
        return phone;
    }

    /** The bubbles seen on the telephone once there is one that contains the text. */
    List<JsonNode> until(String text) {
        return stage.patience()
                .until(
                        "bubble \"" + text + "\" on the telephone of " + phone.from(),
                        () -> Optional.of(phone.received())
                                .filter(bubbles -> bubbles.stream()
                                        .anyMatch(bubble ->
                                                bubble.path("text").asText().contains(text))));
    }

    /** The bubbles seen on the telephone once there are more than so many. */
    List<JsonNode> untilMoreThan(int count) {
        return stage.patience()
                .until(
                        "new bubble on the telephone of " + phone.from(),
                        () -> Optional.of(phone.received()).filter(bubbles -> bubbles.size() > count));
    }

    /** The lead as the back office knows them, by the ending of the phone number or by the name. */
    JsonNode lead(String name) {
        String company = stage.set().id();
        JsonNode found = stage.patience()
                .until("lead " + name, () -> stage.owner().findLead(company, lead -> isTheirs(lead, name)));
        return stage.owner().lead(company, found.path("id").asText());
    }

    private boolean isTheirs(JsonNode lead, String name) {
        String digits = lead.path("phone").asText().replaceAll("\\D", "");
        return digits.isEmpty() ? lead.path("name").asText().equals(name) : digits.equals(phone.from());
    }

    String conversation(JsonNode lead) {
        return lead.path("conversations").path(0).path("id").asText();
    }

    List<JsonNode> sent(String conversation) {
        return stage.owner().messages(stage.set().id(), conversation).stream()
                .filter(message -> message.path("direction").asText().equals("out"))
                .toList();
    }
}
