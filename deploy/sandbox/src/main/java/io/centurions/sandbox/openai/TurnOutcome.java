package io.centurions.sandbox.openai;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules by which the simulated model takes a Centurion's turn: whoever asked a criterion's question word for word
 * and got a text after it knows the answer; the first question without an answer is asked next.
 */
final class TurnOutcome {

    private static final Pattern NO = Pattern.compile(
            "^(n[ãa]o\\b|no(?=$|[\\s]*[,.!;])|nope\\b).*",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS | Pattern.DOTALL);
    private static final Pattern WANTS_A_PERSON = Pattern.compile(
            "\\b(atendente|humano|falar com (uma )?pessoa|human agent|real person)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern WANTS_NOTHING = Pattern.compile(
            "\\b(n[ãa]o tenho (mais )?interesse|not interested|pare de (me )?mandar)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private final JsonObject schema;
    private final Conversation conversation;
    private final Phrases phrases;

    TurnOutcome(JsonObject schema, List<Said> said) {
        this.schema = schema;
        this.conversation = Conversation.of(said);
        this.phrases = Phrases.forPrompt(said);
    }

    static boolean isAskedFor(String name, JsonObject schema) {
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        return name.equals("turn_outcome") || properties.containsKey("outcome") && properties.containsKey("bubbles");
    }

    JsonObject decide() {
        JsonObject decided = (JsonObject) FilledSchema.value(schema, schema);
        JsonObject questions = questions();
        JsonObject criteria = new JsonObject();
        String next = null;
        for (String key : questions.fieldNames()) {
            String question = questions.getJsonObject(key).getString("description", key);
            Optional<Heard> answer = conversation.answerTo(question);
            criteria.put(key, finding(answer));
            if (answer.isEmpty() && next == null) {
                next = question;
            }
        }
        String outcome = outcome();
        return decided.put("outcome", outcome)
                .put("reason", reason(outcome, next))
                .put("bubbles", bubbles(outcome, next))
                .put("criteria", criteria);
    }

    private JsonObject questions() {
        return schema.getJsonObject("properties", new JsonObject())
                .getJsonObject("criteria", new JsonObject())
                .getJsonObject("properties", new JsonObject());
    }

    private static JsonObject finding(Optional<Heard> answer) {
        return answer.map(heard -> new JsonObject()
                        .put("answer", heard.text())
                        .put("met", !NO.matcher(heard.text().strip()).matches())
                        .put("message", heard.seq()))
                .orElseGet(
                        () -> new JsonObject().putNull("answer").putNull("met").putNull("message"));
    }

    private String outcome() {
        String last = conversation.lastWords().toLowerCase(Locale.ROOT);
        if (WANTS_NOTHING.matcher(last).find()) {
            return "disqualify";
        }
        return WANTS_A_PERSON.matcher(last).find() ? "handover" : "reply";
    }

    private static String reason(String outcome, String next) {
        return switch (outcome) {
            case "handover" -> "simulated: the lead asked for a person";
            case "disqualify" -> "simulated: the lead is not interested";
            default -> next == null ? "simulated: everything is answered" : "simulated: the next question is open";
        };
    }

    private JsonArray bubbles(String outcome, String next) {
        if (!outcome.equals("reply")) {
            return new JsonArray().add(phrases.goodbye(outcome));
        }
        JsonArray bubbles = new JsonArray();
        if (conversation.isNew()) {
            bubbles.add(phrases.hello());
            bubbles.add(conversation.isSilent() ? phrases.weGotYourContact() : phrases.thanksForWriting());
        } else {
            bubbles.add(next == null ? phrases.perfect() : phrases.understood(conversation.turns()));
        }
        if (next != null) {
            bubbles.add(next);
        } else if (!conversation.isNew()) {
            bubbles.add(phrases.allAnswered());
        }
        return bubbles;
    }
}
