package io.centurions.backoffice.centurion;

import io.centurions.backoffice.setting.WeeklyHours;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * How a Centurion behaves, in the form that the runtime reads. What is left out gets its default here, so
 * that what is stored is complete. From personality on, null means that nothing was said about it; these are
 * kept and published with the rest, and a runtime that does not know them yet passes over them.
 *
 * @param prompt          who it is and how it speaks
 * @param language        it answers in
 * @param criteria        what makes a lead qualified, in the order of the questions
 * @param qualifyAt       score from which a lead is handed over, of 100
 * @param debounce        how long a burst of messages is waited for
 * @param pace            how fast it types
 * @param businessHours   of the company's people
 * @param handoverIntents what a lead may want that a person must answer
 */
public record CenturionConfig(
        @NotNull @Size(max = 20_000) String prompt,
        @Pattern(regexp = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*") String language,
        @Valid Model model,
        @Size(max = 50) List<@NotNull @Valid Criterion> criteria,
        @Min(1) @Max(100) Integer qualifyAt,
        @Valid Debounce debounce,
        @Valid Pace pace,
        @Valid Personality personality,
        @Valid WeeklyHours businessHours,
        @Valid Capabilities capabilities,
        @Size(max = 30) List<@NotNull @Valid Intent> handoverIntents) {

    public CenturionConfig {
        language = language == null ? "pt-BR" : language;
        model = model == null ? new Model(null, null, null, null, null, null, null) : model;
        criteria = criteria == null ? List.of() : criteria;
        qualifyAt = qualifyAt == null ? 70 : qualifyAt;
        debounce = debounce == null ? new Debounce(null, null) : debounce;
        pace = pace == null ? new Pace(null, null, null) : pace;
    }

    /**
     * Which model answers; null fields are the runtime's own.
     *
     * @param baseUrl         a public host over https, or one that the installation lists; no key but those that it set apart
     *                        is sent there
     * @param apiKey          a reference, never the key: {@code env:NAME}, one of the names that the runtime
     *                        allows, or {@code vault:companies/<company>/path#field}; the latter is not sent
     *                        to a baseUrl
     * @param topP            how much of the likely words it chooses from
     * @param maxOutputTokens of one answer
     */
    public record Model(
            @Pattern(regexp = "openai|anthropic|ollama") String provider,
            @Pattern(regexp = "https?://.{3,300}") String baseUrl,
            @Size(min = 1, max = 200) String name,

            @Pattern(
                    regexp = "env:[A-Z][A-Z0-9_]{0,99}"
                            + "|vault:companies/[0-9a-f-]{36}(/[A-Za-z0-9_-]{1,100}){1,7}#[A-Za-z0-9_-]{1,100}")
            String apiKey,

            @DecimalMin("0") @DecimalMax("2") Double temperature,
            @DecimalMin("0") @DecimalMax("1") Double topP,
            @Min(1) @Max(32_000) Integer maxOutputTokens) {

        public Model {
            provider = provider == null ? "openai" : provider;
            temperature = temperature == null ? Double.valueOf(0.4) : temperature;
        }
    }

    /** A question whose answer counts for the qualification, and how much. */
    public record Criterion(
            @NotNull @Pattern(regexp = "[a-z][a-z0-9_]{0,39}")
            String key,

            @NotBlank @Size(max = 500) String question,
            @Min(0) @Max(100) int weight,
            boolean required) {}

    /** A burst ends after the quiet time without a new message, at the latest after the longest time. */
    public record Debounce(
            @Min(0) @Max(60_000) Integer quietMs,
            @Min(0) @Max(300_000) Integer longestMs) {

        public Debounce {
            quietMs = quietMs == null ? 4_000 : quietMs;
            longestMs = longestMs == null ? Math.max(20_000, quietMs) : longestMs;
        }
    }

    /** Typing speed, and the bounds of the wait before a bubble. */
    public record Pace(
            @Min(1) @Max(10_000) Integer charsPerSecond,
            @Min(0) @Max(60_000) Integer shortestMs,
            @Min(0) @Max(60_000) Integer longestMs) {

        public Pace {
            charsPerSecond = charsPerSecond == null ? 18 : charsPerSecond;
            shortestMs = shortestMs == null ? 800 : shortestMs;
            longestMs = longestMs == null ? Math.max(6_000, shortestMs) : longestMs;
        }
    }

    /**
     * How it comes across.
     *
     * @param traits what it is like
     * @param avoid  what it never says or does
     */
    public record Personality(
            @Size(max = 200) String tone,
            @Size(max = 20) List<@NotBlank @Size(max = 200) String> traits,
            @Size(max = 20) List<@NotBlank @Size(max = 200) String> avoid,
            Boolean emoji) {}

    /** What it may send and understand beside text, and what it may use; null: as the installation has it. */
    public record Capabilities(
            Boolean sendAudio,
            Boolean sendImage,
            Boolean sendVideo,
            Boolean sendDocument,
            Boolean understandAudio,
            Boolean understandImage,
            Boolean understandDocument,
            Boolean useTools,
            Boolean useKnowledge) {}

    /** Something that a lead may want, by which a conversation goes to a person. */
    public record Intent(
            @NotNull @Pattern(regexp = "[a-z][a-z0-9_]{0,39}")
            String key,

            @NotBlank @Size(max = 500) String description) {}
}
