package io.centurions.sandbox.openai;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** The same completion in pieces, as server-sent events. */
final class StreamedCompletion {

    private StreamedCompletion() {}

    static void write(RoutingContext ctx, Completion completion, JsonObject options) {
        HttpServerResponse response = ctx.response();
        response.setChunked(true).putHeader("Content-Type", "text/event-stream; charset=utf-8");
        chunk(response, completion, new JsonObject().put("role", "assistant").put("content", ""), null);
        if (completion.toolCall() != null) {
            writeCall(response, completion);
        } else {
            for (String piece : completion.content().split("(?<=\\s)")) {
                chunk(response, completion, new JsonObject().put("content", piece), null);
            }
        }
        chunk(response, completion, new JsonObject(), completion.finishReason());
        if (options.getBoolean("include_usage", false)) {
            event(
                    response,
                    completion
                            .head("chat.completion.chunk")
                            .put("choices", new JsonArray())
                            .put("usage", completion.usage())
                            .encode());
        }
        event(response, "[DONE]");
        response.end();
    }

    /** Name first, then the arguments in two pieces, as clients must be able to join them. */
    private static void writeCall(HttpServerResponse response, Completion completion) {
        JsonObject function = completion.toolCall().getJsonObject("function");
        String arguments = function.getString("arguments");
        int half = arguments.length() / 2;
        JsonObject opened = completion.toolCall().copy().put("index", 0);
        opened.getJsonObject("function").put("arguments", "");
        chunk(response, completion, calls(opened), null);
        for (String piece : new String[] {arguments.substring(0, half), arguments.substring(half)}) {
            JsonObject part =
                    new JsonObject().put("index", 0).put("function", new JsonObject().put("arguments", piece));
            chunk(response, completion, calls(part), null);
        }
    }

    private static JsonObject calls(JsonObject call) {
        return new JsonObject().put("tool_calls", new JsonArray().add(call));
    }

    private static void chunk(HttpServerResponse response, Completion completion, JsonObject delta, String finish) {
        JsonObject choice = new JsonObject().put("index", 0).put("delta", delta).put("finish_reason", finish);
        event(
                response,
                completion
                        .head("chat.completion.chunk")
                        .put("choices", new JsonArray().add(choice))
                        .encode());
    }

    private static void event(HttpServerResponse response, String content) {
        response.write("data: " + content + "\n\n");
    }
}
