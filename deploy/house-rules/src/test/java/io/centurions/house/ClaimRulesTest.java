package io.centurions.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whose rows a statement may touch is said for one transaction; a connection that remembers it would tell the
 * next user.
 */
class ClaimRulesTest {

    private static final Pattern SETTING =
            Pattern.compile("set_config\\('([a-z_.]+)'\\s*,((?:[^()]|\\([^()]*\\))*?),\\s*(true|false)\\s*\\)");
    private static final Pattern FOR_THE_SESSION =
            Pattern.compile("(?i)\"\\s*(SET (SESSION |ROLE )|SET search_path|SET request\\.jwt)");

    @Test
    void nothing_is_set_for_longer_than_a_transaction() {
        List<String> settings = sources()
                .flatMap(file -> SETTING.matcher(Sources.text(file))
                        .results()
                        .map(found -> found.group(1) + " " + found.group(3)))
                .toList();

        assertThat(settings).contains("request.jwt.claims true").noneMatch(setting -> setting.endsWith(" false"));
        assertThat(sources())
                .noneMatch(file -> FOR_THE_SESSION.matcher(Sources.text(file)).find());
    }

    // Migrating has a connection of its own, and nobody comes after it.
    private static Stream<Path> sources() {
        return Stream.concat(Sources.mainJava().stream(), Sources.files("src/main/resources/db", ".sql").stream())
                .filter(file -> !Sources.relative(file).startsWith("deploy/")
                        && !Sources.relative(file).startsWith("platform/test-kit/")
                        && !file.endsWith("Migrations.java"));
    }
}
