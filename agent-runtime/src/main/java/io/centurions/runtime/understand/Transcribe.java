package io.centurions.runtime.understand;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.exception.InvalidRequestException;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Exchange;
import io.centurions.platform.providers.Provider;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.providers.Request;
import io.centurions.runtime.think.ModelConfig;
import io.centurions.runtime.think.NotAsked;
import io.centurions.runtime.think.NotNow;
import io.centurions.runtime.think.Thinking;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Set;
import java.util.UUID;

/**
 * Turns a voice message into text at an OpenAI-compatible server.
 */
@ApplicationScoped
class Transcribe {

    /** Timed out, too early, too many: said by its gateway as well, and of nothing that we asked. */
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    private final ModelConfig config;
    private final ObjectMapper json;
    private final Provider transcription;

    Transcribe(ModelConfig config, ObjectMapper json, Providers providers) {
        this.config = config;
        this.json = json;
        this.transcription = providers.named("transcription");
    }

    /**
     * @throws NotNow                  when the server is busy and says how long, or the patience is over
     * @throws InvalidRequestException when it refuses what we ask
     * @throws NotAsked                when nothing left us
     * @throws IllegalStateException   when it gave no answer that could be a transcript
     */
    Meaning transcribe(CompanyId company, MediaSource.Fetched audio, String language, MediaPatience patience) {
        String base = config.openai().baseUrl().toString();
        URI address = URI.create(
                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/audio/transcriptions");
        var form = new MultipartForm(UUID.randomUUID().toString())
                .field("model", config.openai().transcriptionName())
                .field("language", language.length() >= 2 ? language.substring(0, 2) : "pt")
                .field("response_format", "json")
                .file("file", fileName(audio.mime()), audio.mime(), audio.bytes());
        HttpRequest.Builder posting = HttpRequest.newBuilder(address)
                .header("Content-Type", form.contentType())
                .POST(form.body());
        config.openai().apiKey().ifPresent(key -> posting.header("Authorization", "Bearer " + key));
        return switch (transcription.exchange(
                company,
                Request.of(posting.build(), config.openai().transcriptionTimeout())
                        .atMost(patience.left()))) {
            case Exchange.Answered answered -> meaning(answered);
            case Exchange.NotSent kept -> throw new NotAsked(kept);
            case Exchange.Lost lost -> throw new IllegalStateException("no whole answer: " + lost.reason());
        };
    }

    // The server recognises the format by the name: voice messages come without one.
    private static String fileName(String mime) {
        return switch (mime == null ? "" : mime.replaceAll(";.*", "").strip()) {
            case "audio/mpeg", "audio/mp3" -> "voice.mp3";
            case "audio/mp4", "audio/m4a", "audio/aac", "audio/x-m4a" -> "voice.m4a";
            case "audio/wav", "audio/x-wav" -> "voice.wav";
            case "audio/webm" -> "voice.webm";
            default -> "voice.ogg";
        };
    }

    private Meaning meaning(Exchange.Answered answered) {
        NotNow.saidBy(answered).ifPresent(busy -> {
            throw busy;
        });
        if (refuses(answered.status())) {
            throw new InvalidRequestException("the transcription refused: " + answered.status());
        }
        if (answered.status() != 200) {
            throw new IllegalStateException("the transcription answered " + answered.status());
        }
        try {
            JsonNode said = json.readTree(answered.body());
            return Meaning.of(said.path("text").textValue(), usage(said.path("usage")));
        } catch (IOException notJson) {
            throw new IllegalStateException("the transcription answered something that is not JSON", notJson);
        }
    }

    private static boolean refuses(int status) {
        return status >= 400 && status < 500 && !LATER.contains(status);
    }

    // Newer models tell tokens, older ones the seconds that they heard, other servers nothing.
    private Thinking.Usage usage(JsonNode told) {
        return new Thinking.Usage(
                config.openai().transcriptionName(),
                Math.max(0, told.path("input_tokens").asInt()),
                Math.max(0, told.path("output_tokens").asInt()),
                Math.max(0, (int) Math.ceil(told.path("seconds").asDouble())));
    }
}
