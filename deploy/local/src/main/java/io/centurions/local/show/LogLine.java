package io.centurions.local.show;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** A line of a log as a person reads it: a JSON line becomes time, level, message, ids and the heart of an exception; any other stays as it is. */
public final class LogLine {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final int FRAMES_SHOWN = 6;

    private LogLine() {}

    public static String readable(String line, ZoneId zone) {
        if (!line.startsWith("{")) {
            return line;
        }
        try {
            JsonNode json = JSON.readTree(line);
            return json.has("message") ? of(json, zone) : line;
        } catch (JsonProcessingException e) {
            return line;
        }
    }

    private static String of(JsonNode json, ZoneId zone) {
        StringBuilder text = new StringBuilder();
        text.append(clock(json.path("timestamp").asText(), zone)).append(' ');
        text.append(String.format(Locale.ROOT, "%-5s ", json.path("level").asText("INFO")));
        text.append(json.path("message").asText());
        json.path("mdc")
                .properties()
                .forEach(id -> text.append(' ')
                        .append(id.getKey())
                        .append('=')
                        .append(id.getValue().asText()));
        exception(json.path("exception"), text, "\n    ");
        String trace = json.path("stackTrace").asText();
        trace.lines().limit(FRAMES_SHOWN).forEach(frame -> text.append("\n    ").append(frame.strip()));
        return text.toString();
    }

    private static void exception(JsonNode exception, StringBuilder text, String indent) {
        if (exception.isMissingNode() || exception.isNull()) {
            return;
        }
        text.append(indent)
                .append(exception.path("exceptionType").asText())
                .append(": ")
                .append(exception.path("message").asText());
        int shown = 0;
        for (JsonNode frame : exception.path("frames")) {
            if (shown++ == FRAMES_SHOWN) {
                break;
            }
            text.append(indent)
                    .append("  at ")
                    .append(frame.path("class").asText())
                    .append('.')
                    .append(frame.path("method").asText());
            text.append(':').append(frame.path("line").asInt());
        }
        exception(exception.path("causedBy").path("exception"), text, indent);
    }

    private static String clock(String timestamp, ZoneId zone) {
        try {
            return CLOCK.format(Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(timestamp))
                    .atZone(zone));
        } catch (DateTimeParseException e) {
            return timestamp;
        }
    }
}
