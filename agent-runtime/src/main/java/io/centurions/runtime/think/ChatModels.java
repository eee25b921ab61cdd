package io.centurions.runtime.think;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.secrets.ModelRules;
import io.centurions.platform.secrets.Secrets;
import io.centurions.runtime.think.CenturionConfig.ModelChoice;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The model that a company chose, built at its first use and kept by company and choice, so that a changed choice is another
 * model. Each company has places and a breaker of its own at its provider; all share one HTTP client. No retries inside: a turn has
 * its own rule for what comes after a failure.
 */
@ApplicationScoped
public class ChatModels {

    private static final int KEPT_MOST = 2_000;
    /** A key that no provider takes: for servers that ask for none, whose clients insist on one. */
    private static final String NO_KEY = "none-needed";

    private final ModelConfig config;
    private final Secrets secrets;
    private final ModelRules rules;
    private final Providers providers;
    private final Map<Chosen, ChatModel> built = new ConcurrentHashMap<>();

    ChatModels(ModelConfig config, Secrets secrets, Providers providers) {
        this.config = config;
        this.secrets = secrets;
        this.providers = providers;
        this.rules = new ModelRules(
                config, config.openai().baseUrl(), config.ollama().baseUrl());
    }

    /**
     * @throws ModelNotAllowed  when the choice names an address or a key that a company may not use
     * @throws RuntimeException when the key cannot be read now; never says what it is
     */
    public ChatModel of(CompanyId company, ModelChoice choice) {
        Chosen chosen = chosen(company, choice);
        if (built.size() > KEPT_MOST) {
            built.clear();
        }
        return built.computeIfAbsent(chosen, again -> build(again, config.timeout()));
    }

    /**
     * The same for one call, which is given up after that time if it is less than a call's usual; not kept.
     *
     * @throws ModelNotAllowed  when the choice names an address or a key that a company may not use
     * @throws RuntimeException when the key cannot be read now; never says what it is
     */
    public ChatModel of(CompanyId company, ModelChoice choice, Duration most) {
        return build(chosen(company, choice), most);
    }

    /** The name under which the choice stands in the books. */
    public String name(ModelChoice choice) {
        if (choice.name() != null) {
            return choice.name();
        }
        return switch (choice.provider()) {
            case OPENAI -> config.openai().name();
            case ANTHROPIC -> config.anthropic().name();
            case OLLAMA -> config.ollama().name();
        };
    }

    /** Never printed with its key. */
    private record Chosen(CompanyId company, ModelChoice choice, String key) {

        @Override
        public String toString() {
            return "Chosen[" + company + ", " + choice + "]";
        }
    }

    private Chosen chosen(CompanyId company, ModelChoice choice) {
        // Before each use, not only the first: a name may point somewhere else by now.
        if (choice.baseUrl() != null) {
            refuse(rules.addressFaultNow(choice.baseUrl()));
        }
        // With its key: one that was changed where it is kept makes another model.
        return new Chosen(company, choice, key(company, choice));
    }

    // Beside the usual time, by which the request clamps what is given.
    private ChatModel build(Chosen chosen, Duration timeout) {
        ModelChoice choice = chosen.choice();
        var http = new ModelHttpBuilder(
                providers.named(choice.provider().name().toLowerCase(Locale.ROOT)), chosen.company(), config.timeout());
        return switch (choice.provider()) {
            case OPENAI -> openAi(choice, chosen.key(), http, timeout);
            case ANTHROPIC -> anthropic(choice, chosen.key(), http, timeout);
            case OLLAMA -> ollama(choice, http, timeout);
        };
    }

    private ChatModel openAi(ModelChoice choice, String key, ModelHttpBuilder http, Duration timeout) {
        return OpenAiChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(address(choice, config.openai().baseUrl()))
                .apiKey(key)
                .modelName(name(choice))
                .temperature(choice.temperature())
                .maxCompletionTokens(config.answerTokens())
                .strictJsonSchema(true)
                .timeout(timeout)
                .maxRetries(0)
                .build();
    }

    private ChatModel anthropic(ModelChoice choice, String key, ModelHttpBuilder http, Duration timeout) {
        return AnthropicChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(address(choice, config.anthropic().baseUrl()))
                .apiKey(key)
                .modelName(name(choice))
                .temperature(choice.temperature())
                .maxTokens(config.answerTokens())
                .timeout(timeout)
                .maxRetries(0)
                .build();
    }

    private ChatModel ollama(ModelChoice choice, ModelHttpBuilder http, Duration timeout) {
        return OllamaChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(address(choice, config.ollama().baseUrl()))
                .modelName(name(choice))
                .temperature(choice.temperature())
                .numPredict(config.answerTokens())
                .timeout(timeout)
                .maxRetries(0)
                .build();
    }

    private static String address(ModelChoice choice, URI own) {
        return choice.baseUrl() == null ? own.toString() : choice.baseUrl();
    }

    private String key(CompanyId company, ModelChoice choice) {
        return switch (choice.provider()) {
            case OPENAI -> key(company, choice, config.openai().apiKey());
            case ANTHROPIC -> key(company, choice, config.anthropic().apiKey());
            case OLLAMA -> NO_KEY;
        };
    }

    private String key(CompanyId company, ModelChoice choice, Optional<String> own) {
        if (choice.apiKey() == null) {
            return choice.baseUrl() == null ? own.orElse(NO_KEY) : NO_KEY;
        }
        refuse(rules.keyFault(company, choice.apiKey(), choice.baseUrl() != null));
        return secrets.resolve(company, choice.apiKey())
                .orElseThrow(
                        () -> new IllegalStateException("the model key that a configuration refers to is not set"));
    }

    private static void refuse(Optional<String> fault) {
        fault.ifPresent(words -> {
            throw new ModelNotAllowed(words);
        });
    }
}
