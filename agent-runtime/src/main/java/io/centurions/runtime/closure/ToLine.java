package io.centurions.runtime.closure;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.think.Line;

/** A stored message as the model reads it. What is not text stands in brackets, in the language the rules are written in. */
final class ToLine {

    private ToLine() {}

    static Line of(Heard heard) {
        return new Line(heard.seq(), text(heard));
    }

    private static String text(Heard heard) {
        return switch (heard.kind()) {
            case "text" -> heard.text() == null ? "[message deleted]" : heard.text();
            // A voice message counts as if it had been written.
            case "audio" -> heard.transcript() == null ? "[voice message that could not be heard]" : heard.transcript();
            case "image" ->
                withCaption(
                        heard.transcript() == null
                                ? "[picture that could not be seen]"
                                : "[picture: " + heard.transcript() + "]",
                        heard);
            case "video" -> withCaption("[video]", heard);
            case "document" ->
                withCaption("[document " + heard.media().path("file_name").asText("") + "]", heard);
            case "sticker" -> "[sticker]";
            case "location" -> "[location " + place(heard.media()) + "]";
            case "contact" ->
                "[contact " + heard.media().path("name").asText("") + " "
                        + heard.media().path("phone").asText("") + "]";
            default -> withCaption("[something that cannot be shown here]", heard);
        };
    }

    private static String withCaption(String what, Heard heard) {
        return heard.text() == null || heard.text().isBlank() ? what : what + " " + heard.text();
    }

    private static String place(JsonNode media) {
        return media.path("latitude").asText("") + "," + media.path("longitude").asText("");
    }
}
