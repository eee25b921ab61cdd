package io.centurions.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the poms must say so that `./fleet up`, which builds without tests, works where nothing was ever built. */
class BuildRulesTest {

    private static final Pattern LENDS = Pattern.compile(
            "<goal>test-jar</goal></goals>\\s*<configuration>(?<said>.*?)</configuration>", Pattern.DOTALL);
    private static final Pattern COMPILES = Pattern.compile(
            "<id>default-testCompile</id>\\s*<configuration>\\s*<skip>false</skip>\\s*</configuration>");

    @Test
    void a_module_that_lends_classes_of_its_tests_builds_them_though_tests_are_skipped() {
        List<Path> lenders = Sources.files("", "pom.xml").stream()
                .filter(pom -> Sources.text(pom).contains("<goal>test-jar</goal>"))
                .toList();

        assertThat(lenders).isNotEmpty().allSatisfy(pom -> {
            String text = Sources.text(pom);
            assertThat(COMPILES.matcher(text).find())
                    .as("compiles what it lends")
                    .isTrue();
            assertThat(LENDS.matcher(text).results().map(found -> found.group("said")))
                    .as("packs what it lends")
                    .isNotEmpty()
                    .allMatch(said -> said.contains("<skip>false</skip>"));
        });
    }
}
