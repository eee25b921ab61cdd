package io.centurions.runtime.think;

import io.centurions.platform.secrets.AllowedModels;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The installation's own models; a company's configuration chooses among them or names its own. */
@ConfigMapping(prefix = "centurions.model")
public interface ModelConfig extends AllowedModels {

    /** After which a call is given up and the turn waits. */
    @WithDefault("30s")
    Duration timeout();

    /** Longest answer, in tokens: a reply in a chat is short. */
    @WithDefault("1200")
    int answerTokens();

    OpenAi openai();

    Anthropic anthropic();

    Ollama ollama();

    /** OpenAI or anything that speaks its API. */
    interface OpenAi {
        @WithDefault("https://api.openai.com/v1")
        URI baseUrl();

        Optional<String> apiKey();

        @WithDefault("gpt-4o-mini")
        String name();

        /** Turns voice messages into text. */
        @WithDefault("whisper-1")
        String transcriptionName();

        /**
         * After which a transcription is given up. What a fresh burst leaves of the media's patience (20 s) after the lead's
         * quiet (4 s): no turn waits longer, and with a limit that no call is ever given a server that hangs would never be found out.
         */
        @WithDefault("16s")
        Duration transcriptionTimeout();
    }

    /** Anthropic's Messages API. */
    interface Anthropic {
        @WithDefault("https://api.anthropic.com/v1/")
        URI baseUrl();

        Optional<String> apiKey();

        @WithDefault("claude-sonnet-4-5")
        String name();
    }

    /** A model on a machine of one's own. */
    interface Ollama {
        @WithDefault("http://localhost:11434")
        URI baseUrl();

        @WithDefault("llama3.1")
        String name();
    }
}
