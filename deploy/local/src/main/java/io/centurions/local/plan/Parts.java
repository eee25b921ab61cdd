package io.centurions.local.plan;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which parts are real, decided from the environment alone. A part is real when its address or key is set; everything else
 * is embedded or simulated.
 */
public final class Parts {

    /** Whose presence makes a part real or changes what a running fleet was started with. */
    private static final Set<String> DECIDING = Set.of(
            "DATABASE_URL",
            "REDIS_URL",
            "EVOLUTION_API_URL",
            "TELEGRAM_BOT_TOKEN",
            "META_ACCESS_TOKEN",
            "AUTENTIQUE_TOKEN",
            "OPENAI_API_KEY",
            "OPENAI_BASE_URL",
            "ANTHROPIC_API_KEY",
            "OLLAMA_BASE_URL",
            "OIDC_ISSUER",
            "PUBLIC_BASE_URL");

    private static final Set<String> HTTP = Set.of("http", "https");

    private final Map<String, String> environment;
    private final Set<Part> real;

    private Parts(Map<String, String> environment, Set<Part> real) {
        this.environment = environment;
        this.real = real;
    }

    public static Parts of(Map<String, String> environment) {
        Map<String, String> given = environment.entrySet().stream()
                .filter(entry -> !entry.getValue().isBlank())
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().strip()));
        Set<Part> real = EnumSet.noneOf(Part.class);
        mark(real, Part.POSTGRES, given, "DATABASE_URL");
        mark(real, Part.REDIS, given, "REDIS_URL");
        mark(real, Part.WHATSAPP, given, "EVOLUTION_API_URL");
        mark(real, Part.TELEGRAM, given, "TELEGRAM_BOT_TOKEN");
        mark(real, Part.META, given, "META_ACCESS_TOKEN");
        mark(real, Part.AUTENTIQUE, given, "AUTENTIQUE_TOKEN");
        mark(real, Part.MODEL, given, "OPENAI_API_KEY", "OPENAI_BASE_URL", "ANTHROPIC_API_KEY", "OLLAMA_BASE_URL");
        mark(real, Part.ISSUER, given, "OIDC_ISSUER");
        return new Parts(given, real);
    }

    private static void mark(Set<Part> real, Part part, Map<String, String> given, String... anyOf) {
        for (String name : anyOf) {
            if (given.containsKey(name)) {
                real.add(part);
            }
        }
    }

    public boolean isReal(Part part) {
        return real.contains(part);
    }

    public Set<Part> real() {
        return Set.copyOf(real);
    }

    public Optional<String> given(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    /** The names of the variables that decide which parts are real, as far as they are set. */
    public Set<String> variables() {
        return DECIDING.stream().filter(environment::containsKey).collect(Collectors.toUnmodifiableSet());
    }

    /** The address at which providers reach us, without a slash at its end; empty when nobody outside can. */
    public Optional<String> publicAddress() {
        return given("PUBLIC_BASE_URL").map(address -> address.replaceAll("/+$", ""));
    }

    /** The provider that the demo Centurion's configuration names. */
    public String modelProvider() {
        if (given("OPENAI_API_KEY").isPresent() || given("OPENAI_BASE_URL").isPresent() || !isReal(Part.MODEL)) {
            return "openai";
        }
        return given("ANTHROPIC_API_KEY").isPresent() ? "anthropic" : "ollama";
    }

    /** Why this combination must not start, a line each; empty when it may. */
    public List<String> refusals(boolean mixed) {
        List<String> lines = new ArrayList<>();
        needs(lines, "EVOLUTION_API_URL", "EVOLUTION_API_KEY");
        needs(lines, "EVOLUTION_API_KEY", "EVOLUTION_API_URL");
        needs(lines, "DATABASE_DIRECT_URL", "DATABASE_URL");
        address(lines, "REDIS_URL", Set.of("redis", "rediss"), "redis://host:port");
        for (String name :
                List.of("OIDC_ISSUER", "PUBLIC_BASE_URL", "EVOLUTION_API_URL", "OPENAI_BASE_URL", "OLLAMA_BASE_URL")) {
            address(lines, name, HTTP, "https://host");
        }
        String channels = shown(Part.Kind.CHANNEL, true);
        String minds = shown(Part.Kind.MIND, false);
        if (!mixed && !channels.isEmpty() && !minds.isEmpty()) {
            lines.add(
                    "real " + channels + " with simulated " + minds
                            + ": real people would talk to a simulator, or anyone could sign in; set the real one too, or pass --mix if you mean it");
        }
        return List.copyOf(lines);
    }

    /** What the person should know although it may start, a line each. */
    public List<String> notices() {
        List<String> lines = new ArrayList<>();
        boolean needsPublic = isReal(Part.WHATSAPP) || isReal(Part.META) || isReal(Part.AUTENTIQUE);
        if (needsPublic && publicAddress().isEmpty()) {
            lines.add(
                    "real webhooks need PUBLIC_BASE_URL, the https address that leads here (/webhooks/evolution to evolution-manager,"
                            + " /webhooks/instagram and /webhooks/telegram to agent-runtime, /webhooks/autentique to autentique-service)");
        }
        if (isReal(Part.TELEGRAM) && publicAddress().isEmpty()) {
            lines.add("Telegram is read by long polling, as there is no PUBLIC_BASE_URL");
        }
        if (isReal(Part.META)
                && (given("META_APP_SECRET").isEmpty()
                        || given("META_VERIFY_TOKEN").isEmpty())) {
            lines.add("META_APP_SECRET or META_VERIFY_TOKEN is not set: no webhook of Instagram will be accepted");
        }
        if (isReal(Part.META) && given("INSTAGRAM_ACCOUNT_ID").isEmpty()) {
            lines.add(
                    "INSTAGRAM_ACCOUNT_ID is not set: the demo company's Instagram is not connected to a real account");
        }
        if (isReal(Part.AUTENTIQUE) && given("AUTENTIQUE_WEBHOOK_SECRET").isEmpty()) {
            lines.add("AUTENTIQUE_WEBHOOK_SECRET is not set: no webhook of Autentique will be accepted");
        }
        return List.copyOf(lines);
    }

    // The value is not repeated: it may hold a password.
    private void address(List<String> lines, String name, Set<String> schemes, String form) {
        if (environment.containsKey(name) && !isAddress(environment.get(name), schemes)) {
            lines.add(name + " must read " + form);
        }
    }

    private static boolean isAddress(String text, Set<String> schemes) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null
                    && uri.getScheme() != null
                    && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void needs(List<String> lines, String given, String needed) {
        if (environment.containsKey(given) && !environment.containsKey(needed)) {
            lines.add(given + " is set but " + needed + " is not: set both or neither");
        }
    }

    private String shown(Part.Kind kind, boolean isReal) {
        return EnumSet.allOf(Part.class).stream()
                .filter(part -> part.kind() == kind && isReal(part) == isReal)
                .map(Part::shown)
                .collect(Collectors.joining(" and "));
    }
}
