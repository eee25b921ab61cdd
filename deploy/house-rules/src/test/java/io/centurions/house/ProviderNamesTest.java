package io.centurions.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A service's {@code centurions.providers.names} are the providers that its code calls, no more and no less: who is missing
 * there has no figures before its first call, and so raises no alarm.
 */
class ProviderNamesTest {

    private static final String USES_PROVIDERS = "import io.centurions.platform.providers.Providers;";
    private static final Pattern CALL = Pattern.compile("\\.named\\(");
    private static final Pattern LITERAL = Pattern.compile("\\.named\\(\"([a-z-]+)\"\\)");

    /** Whoever names providers otherwise: where their names stand, and how. */
    private static final Map<String, Spelled> SPELLED = Map.of(
            "EvolutionHttp.java", new Spelled("EvolutionHttp.java", "[A-Z_]+\\(\"([a-z-]+)\"\\)[,;]"),
            "ChatModels.java", new Spelled("think/CenturionConfig.java", "enum Provider \\{([A-Z,\\s]+)"),
            "Ask.java", new Spelled("Client.java", "@RegisterRestClient\\(configKey = \"([a-z-]+)\"\\)"));

    private record Spelled(String file, String pattern) {}

    @ParameterizedTest
    @ValueSource(
            strings = {"agent-runtime", "autentique-service", "backoffice-api", "capi-dispatcher", "evolution-manager"})
    void the_providers_that_are_shown_from_the_start_are_those_that_are_called(String service) throws Exception {
        assertThat(listed(service)).isEqualTo(called(service)).isNotEmpty();
    }

    @Test
    void whoever_calls_a_provider_is_one_of_these_services() {
        assertThat(Sources.mainJava())
                .filteredOn(file -> Sources.text(file).contains(USES_PROVIDERS))
                .extracting(file -> Sources.relative(file).replaceFirst("/.*", ""))
                .isSubsetOf(
                        "agent-runtime",
                        "autentique-service",
                        "backoffice-api",
                        "capi-dispatcher",
                        "evolution-manager");
    }

    private static Set<String> listed(String service) throws Exception {
        var settings = new Properties();
        try (var file = Files.newBufferedReader(
                Sources.ROOT.resolve(service).resolve("src/main/resources/application.properties"))) {
            settings.load(file);
        }
        return new TreeSet<>(
                List.of(settings.getProperty("centurions.providers.names").split(",")));
    }

    private static Set<String> called(String service) {
        List<Path> sources = Sources.files(service + "/src/main/java", ".java");
        Set<String> names = new TreeSet<>();
        for (Path file : sources) {
            String text = Sources.text(file);
            if (text.contains(USES_PROVIDERS)) {
                List<MatchResult> literals = LITERAL.matcher(text).results().toList();
                literals.forEach(literal -> names.add(literal.group(1)));
                if (literals.size() < CALL.matcher(text).results().count()) {
                    names.addAll(spelled(file, sources));
                }
            }
        }
        return names;
    }

    private static Set<String> spelled(Path caller, List<Path> sources) {
        Spelled spelled = SPELLED.get(caller.getFileName().toString());
        assertThat(spelled)
                .as("%s names providers in a way that is not known here", caller)
                .isNotNull();
        Set<String> names = new TreeSet<>();
        for (Path file : sources) {
            if (file.toString().endsWith(spelled.file())) {
                Pattern.compile(spelled.pattern())
                        .matcher(Sources.text(file))
                        .results()
                        .flatMap(found -> Pattern.compile("[,\\s]+")
                                .splitAsStream(found.group(1).strip()))
                        .forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
            }
        }
        return names;
    }
}
