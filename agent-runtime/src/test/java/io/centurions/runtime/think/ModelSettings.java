package io.centurions.runtime.think;

import io.centurions.platform.providers.Providers;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Models as an installation may have set them up. */
public record ModelSettings(
        Optional<Set<String>> keyNamesForTypedAddresses, Optional<Set<String>> allowedHosts, URI openAi)
        implements ModelConfig {

    ModelSettings(Optional<Set<String>> keyNamesForTypedAddresses, Optional<Set<String>> allowedHosts) {
        this(keyNamesForTypedAddresses, allowedHosts, URI.create("http://models.internal:8000/v1"));
    }

    static ModelSettings allowing(String... hosts) {
        return new ModelSettings(Optional.empty(), Optional.of(Set.of(hosts)));
    }

    /** Of an installation whose OpenAI is there. */
    public static ModelSettings at(URI openAi) {
        return new ModelSettings(Optional.empty(), Optional.empty(), openAi);
    }

    /** The models of such an installation. */
    public ChatModels models(Providers providers) {
        return new ChatModels(this, null, providers);
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(40);
    }

    @Override
    public int answerTokens() {
        return 100;
    }

    @Override
    public Set<String> keyNames() {
        return Set.of("OPENAI_API_KEY", "PATH");
    }

    @Override
    public OpenAi openai() {
        return new OpenAi() {
            @Override
            public URI baseUrl() {
                return openAi;
            }

            @Override
            public Optional<String> apiKey() {
                return Optional.of("the-installations-own");
            }

            @Override
            public String name() {
                return "m";
            }

            @Override
            public String transcriptionName() {
                return "m";
            }

            @Override
            public Duration transcriptionTimeout() {
                return timeout();
            }
        };
    }

    @Override
    public Anthropic anthropic() {
        return new Anthropic() {
            @Override
            public URI baseUrl() {
                return URI.create("https://api.anthropic.com/v1/");
            }

            @Override
            public Optional<String> apiKey() {
                return Optional.of("the-installations-own");
            }

            @Override
            public String name() {
                return "m";
            }
        };
    }

    @Override
    public Ollama ollama() {
        return new Ollama() {
            @Override
            public URI baseUrl() {
                return URI.create("http://localhost:11434");
            }

            @Override
            public String name() {
                return "m";
            }
        };
    }
}
