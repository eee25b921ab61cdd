package io.centurions.backoffice.centurion;

import io.centurions.platform.secrets.AllowedModels;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** What agent-runtime allows a company for its model: its own settings, to be set alike here. */
@ConfigMapping(prefix = "centurions.model")
interface RuntimeModels extends AllowedModels {

    OpenAi openai();

    Ollama ollama();

    /** OpenAI, as the runtime reaches it. */
    interface OpenAi {
        @WithDefault("https://api.openai.com/v1")
        URI baseUrl();
    }

    /** Ollama, as the runtime reaches it. */
    interface Ollama {
        @WithDefault("http://localhost:11434")
        URI baseUrl();
    }
}
