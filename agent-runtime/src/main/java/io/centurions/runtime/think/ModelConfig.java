package io.centurions.runtime.think;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The installation's own models; a company's configuration chooses among them or names its own. */
@ConfigMapping(prefix = "centurions.model")
public interface ModelConfig {

    /** After which a call is given up and the turn waits. */
    @WithDefault("30s")
    Duration timeout();

    /** Longest answer, in tokens: a reply in a chat is short. */
    @WithDefault("1200")
    int answerTokens();

    /**
     * Names that a company's {@code env:} reference may use while it leaves the address to the installation. Anything else would
     * let a configuration read any secret of this process.
     */
    @WithDefault("OPENAI_API_KEY,ANTHROPIC_API_KEY,OLLAMA_API_KEY")
    Set<String> keyNames();

    /**
     * Names that an {@code env:} reference may use together with an address that the company typed: whatever stands here can be
     * sent to any server by anybody who edits a Centurion. None unless set.
     */
    Optional<Set<String>> keyNamesForTypedAddresses();

    /**
     * Hosts, as {@code host} or {@code host:port}, that a company may type although they are not public or speak plain http. The
     * addresses of {@link #openai()} and {@link #ollama()} count as listed, with their ports.
     */
    Optional<Set<String>> allowedHosts();

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
