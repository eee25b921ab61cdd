package io.centurions.sandbox.openai;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

/**
 * What the simulated model answers: a demanded tool call, the demanded JSON, or a sentence.
 *
 * @param content  null when it is a tool call
 * @param toolCall null when it is content
 */
record Completion(String id, String content, JsonObject toolCall, int promptTokens) {

    static Completion of(JsonObject request, Marks marks) {
        List<Said> said = Said.all(request.getJsonArray("messages"));
        int promptTokens = said.stream().mapToInt(one -> tokens(one.text())).sum();
        String id = "chatcmpl-simulated-" + UUID.randomUUID();
        // A result just handed in is answered with words, else a demanded call would be demanded for ever.
        JsonObject call = said.getLast().is("tool") ? null : DemandedTool.call(request, said);
        if (call != null) {
            return new Completion(id, null, call, promptTokens);
        }
        return new Completion(id, content(request, said, marks), null, promptTokens);
    }

    private static String content(JsonObject request, List<Said> said, Marks marks) {
        JsonObject format = request.getJsonObject("response_format", new JsonObject());
        JsonObject named = format.getJsonObject("json_schema");
        if (named == null) {
            return format.getString("type", "text").equals("json_object") ? "{}" : PlainReply.to(said);
        }
        JsonObject schema = named.getJsonObject("schema", new JsonObject());
        boolean isTurn = TurnOutcome.isAskedFor(named.getString("name", ""), schema);
        return isTurn
                ? marks.on(new TurnOutcome(schema, said).decide(), said).encode()
                : String.valueOf(FilledSchema.value(schema, schema));
    }

    /** A rough count, good enough for figures that must move. */
    static int tokens(String text) {
        return Math.max(1, text.length() / 4);
    }

    String finishReason() {
        return toolCall == null ? "stop" : "tool_calls";
    }

    JsonObject whole() {
        JsonObject message = new JsonObject()
                .put("role", "assistant")
                .put("content", content)
                .putNull("refusal");
        if (toolCall != null) {
            message.put("tool_calls", new JsonArray().add(toolCall));
        }
        JsonObject choice = new JsonObject()
                .put("index", 0)
                .put("message", message)
                .putNull("logprobs")
                .put("finish_reason", finishReason());
        return head("chat.completion")
                .put("choices", new JsonArray().add(choice))
                .put("usage", usage());
    }

    JsonObject head(String object) {
        return new JsonObject()
                .put("id", id)
                .put("object", object)
                .put("created", System.currentTimeMillis() / 1000)
                .put("model", OpenAiSimulator.MODEL);
    }

    JsonObject usage() {
        String written = toolCall == null ? content : toolCall.encode();
        int completionTokens = tokens(written);
        return new JsonObject()
                .put("prompt_tokens", promptTokens)
                .put("completion_tokens", completionTokens)
                .put("total_tokens", promptTokens + completionTokens)
                .put("prompt_tokens_details", new JsonObject().put("cached_tokens", 0))
                .put("completion_tokens_details", new JsonObject().put("reasoning_tokens", 0));
    }
}
