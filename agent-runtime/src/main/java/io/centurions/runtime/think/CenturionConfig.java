package io.centurions.runtime.think;

import java.util.List;

/**
 * A published configuration of a Centurion, as far as a turn needs it.
 *
 * @param prompt    who it is and what it sells, in the company's words
 * @param language  BCP 47, as {@code pt-BR}
 * @param qualifyAt score from which a lead is handed over
 */
public record CenturionConfig(
        int version,
        String prompt,
        String language,
        ModelChoice model,
        List<Criterion> criteria,
        int qualifyAt,
        Typing typing) {

    public CenturionConfig {
        criteria = List.copyOf(criteria);
    }

    /** One question that qualifies a lead. */
    public record Criterion(String key, String question, int weight, boolean required) {}

    /**
     * Which model answers.
     *
     * @param baseUrl null for the installation's own address of that provider
     * @param name    null for the installation's own model
     * @param apiKey  a reference such as {@code env:NAME}, or null for the installation's own key
     */
    public record ModelChoice(Provider provider, String baseUrl, String name, String apiKey, double temperature) {}

    /** The three ways we speak with a model. */
    public enum Provider {
        OPENAI,
        ANTHROPIC,
        OLLAMA
    }

    /** How fast it seems to type. */
    public record Typing(double charsPerSecond, long shortestMs, long longestMs) {}
}
