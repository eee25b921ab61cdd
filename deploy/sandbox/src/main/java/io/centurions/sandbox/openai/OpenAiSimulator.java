package io.centurions.sandbox.openai;

import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.Part;
import io.centurions.sandbox.wire.RequestBody;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The front door: chat completions, embeddings, transcriptions and the list of models. */
public final class OpenAiSimulator {

    static final String MODEL = "simulated-1";

    private static final String SPOKEN_TEXT = "TEXT:";

    private final Marks marks = new Marks();

    public void mount(Router router) {
        router.post("/openai/_sandbox/behaviour").handler(this::behave);
        router.post("/openai/v1/chat/completions").handler(withKey(this::chat));
        router.post("/openai/v1/embeddings").handler(withKey(this::embed));
        router.post("/openai/v1/audio/transcriptions").handler(withKey(this::transcribe));
        router.get("/openai/v1/models").handler(withKey(this::models));
    }

    /** Any key is good, except none and those that say that they are invalid. */
    private static Handler<RoutingContext> withKey(Handler<RoutingContext> route) {
        return ctx -> {
            String key = ctx.request().getHeader("Authorization");
            if (key == null || !key.startsWith("Bearer ") || key.contains("invalid")) {
                refuse(ctx, 401, "Incorrect API key provided", "invalid_request_error", null, "invalid_api_key");
            } else {
                route.handle(ctx);
            }
        };
    }

    private void chat(RoutingContext ctx) {
        JsonObject request = RequestBody.of(ctx).json();
        JsonArray messages = request.getJsonArray("messages");
        if (messages == null || messages.isEmpty()) {
            badRequest(ctx, "'messages' must not be empty", "messages");
            return;
        }
        Completion completion = Completion.of(request, marks);
        if (request.getBoolean("stream", false)) {
            StreamedCompletion.write(ctx, completion, request.getJsonObject("stream_options", new JsonObject()));
        } else {
            Answer.json(ctx, 200, completion.whole());
        }
    }

    private void behave(RoutingContext ctx) {
        boolean marked = RequestBody.of(ctx).json().getBoolean("marks", false);
        marks.use(marked);
        Answer.json(ctx, 200, new JsonObject().put("marks", marked));
    }

    private void embed(RoutingContext ctx) {
        JsonObject request = RequestBody.of(ctx).json();
        Object input = request.getValue("input");
        if (input == null) {
            badRequest(ctx, "'input' is required", "input");
            return;
        }
        int dimensions = request.getInteger("dimensions", Embedding.DIMENSIONS);
        boolean base64 = "base64".equals(request.getString("encoding_format"));
        JsonArray inputs = input instanceof JsonArray list ? list : new JsonArray().add(input);
        JsonArray embedded = new JsonArray();
        int tokens = 0;
        for (int i = 0; i < inputs.size(); i++) {
            String text = String.valueOf(inputs.getValue(i));
            float[] vector = Embedding.of(text, dimensions);
            tokens += Completion.tokens(text);
            embedded.add(new JsonObject()
                    .put("object", "embedding")
                    .put("index", i)
                    .put("embedding", base64 ? Embedding.base64(vector) : Embedding.json(vector)));
        }
        Answer.json(
                ctx,
                200,
                new JsonObject()
                        .put("object", "list")
                        .put("data", embedded)
                        .put("model", request.getString("model", MODEL))
                        .put(
                                "usage",
                                new JsonObject().put("prompt_tokens", tokens).put("total_tokens", tokens)));
    }

    /** Audio whose bytes are text with the prefix {@code TEXT:} is heard word for word. */
    private void transcribe(RoutingContext ctx) {
        RequestBody body = RequestBody.of(ctx);
        Optional<Part> file = body.part("file");
        if (file.isEmpty()) {
            badRequest(ctx, "'file' is required", "file");
            return;
        }
        byte[] audio = file.get().content();
        String heard = new String(audio, StandardCharsets.UTF_8);
        String text = heard.startsWith(SPOKEN_TEXT)
                ? heard.substring(SPOKEN_TEXT.length()).trim()
                : "transcrição simulada de áudio de " + audio.length + " bytes";
        String format = body.part("response_format").map(Part::text).orElse("json");
        if (format.equals("text")) {
            Answer.text(ctx, 200, text + "\n");
            return;
        }
        JsonObject answer = new JsonObject().put("text", text);
        if (format.equals("verbose_json")) {
            answer.put("task", "transcribe").put("language", "portuguese").put("duration", 4.0);
            answer.put("segments", new JsonArray());
        }
        answer.put("usage", new JsonObject().put("type", "duration").put("seconds", 4));
        Answer.json(ctx, 200, answer);
    }

    private void models(RoutingContext ctx) {
        JsonObject model = new JsonObject()
                .put("id", MODEL)
                .put("object", "model")
                .put("created", 1_767_225_600L)
                .put("owned_by", "sandbox");
        Answer.json(ctx, 200, new JsonObject().put("object", "list").put("data", new JsonArray().add(model)));
    }

    private static void badRequest(RoutingContext ctx, String message, String param) {
        refuse(ctx, 400, message, "invalid_request_error", param, null);
    }

    private static void refuse(RoutingContext ctx, int status, String message, String type, String param, String code) {
        JsonObject error = new JsonObject()
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .put("code", code);
        Answer.json(ctx, status, new JsonObject().put("error", error));
    }
}
