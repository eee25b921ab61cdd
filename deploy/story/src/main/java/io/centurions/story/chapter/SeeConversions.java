package io.centurions.story.chapter;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.story.tell.Broken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** What reached Meta: each conversion once, under the name it accepts for that source, with nothing personal in clear. */
final class SeeConversions {

    private static final List<String> OF_AN_AD = List.of("LeadSubmitted", "QualifiedLead", "Purchase");
    private static final List<String> OF_A_FORM = List.of("Lead", "CompleteRegistration", "Purchase");

    private final Stage stage;

    SeeConversions(Stage stage) {
        this.stage = stage;
    }

    void ofTheAd(String clickId) {
        stage.teller()
                .step("Meta has the ad's three conversions, once each, with the click that started it all", notes -> {
                    List<JsonNode> events = arrived(
                            OF_AN_AD,
                            event -> event.path("user_data")
                                    .path("ctwa_clid")
                                    .asText()
                                    .equals(clickId));
                    events.forEach(event -> notes.note(
                            event.path("event_name").asText(),
                            event.path("event_id").asText()));
                    for (JsonNode event : events) {
                        Broken.unless(
                                event.path("action_source").asText().equals("business_messaging"),
                                "an ad's conversion is business messaging: " + event);
                        Broken.unless(
                                event.path("messaging_channel").asText().equals("whatsapp"),
                                "an ad's conversion names its channel: " + event);
                        nothingInClear(event);
                    }
                    worth(events);
                    return events;
                });
    }

    void ofTheForm(String email, String phone) {
        stage.teller().step("Meta has the form's three conversions, once each, hashed", notes -> {
            List<JsonNode> events =
                    arrived(OF_A_FORM, event -> has(event.path("user_data").path("em"), sha256(email)));
            events.forEach(event -> notes.note(
                    event.path("event_name").asText(), event.path("event_id").asText()));
            for (JsonNode event : events) {
                Broken.unless(
                        has(event.path("user_data").path("ph"), sha256(phone)),
                        "the phone should be hashed as Meta says: " + event);
                nothingInClear(event);
            }
            worth(events);
            return events;
        });
    }

    private List<JsonNode> arrived(List<String> names, Predicate<JsonNode> theirs) {
        List<JsonNode> events = stage.patience()
                .until(
                        "conversions " + names,
                        () -> Optional.of(theirs(theirs))
                                .filter(seen -> names(seen).containsAll(names)));
        Broken.unless(events.size() == names.size(), "each conversion should come once: " + names(events));
        return events;
    }

    private List<JsonNode> theirs(Predicate<JsonNode> theirs) {
        return stage.outside().conversionsAtMeta(stage.set().dataset()).stream()
                .filter(theirs)
                .toList();
    }

    private static List<String> names(List<JsonNode> events) {
        return events.stream().map(event -> event.path("event_name").asText()).toList();
    }

    private void nothingInClear(JsonNode event) {
        String text = event.toString();
        boolean clear = text.contains(stage.script().email())
                || text.contains(stage.script().number("ad"))
                || text.contains(stage.script().number("form"));
        Broken.unless(!clear, "nothing personal may be in clear: " + event.path("event_name"));
    }

    private static void worth(List<JsonNode> events) {
        JsonNode purchase = events.stream()
                .filter(event -> event.path("event_name").asText().equals("Purchase"))
                .findFirst()
                .orElseThrow();
        Broken.unless(
                purchase.path("custom_data").path("currency").asText().equals("BRL"),
                "a purchase names its currency: " + purchase);
        Broken.unless(
                purchase.path("custom_data").path("value").asDouble() == 3_500.0,
                "a purchase is worth what the deal was: " + purchase);
    }

    // Meta takes one hash or a list of them.
    private static boolean has(JsonNode hashes, String wanted) {
        return hashes.isArray()
                ? StreamSupport.stream(hashes.spliterator(), false)
                        .anyMatch(hash -> hash.asText().equals(wanted))
                : hashes.asText().equals(wanted);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
