package io.centurions.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What services agree on with each other, and no compiler sees. */
class DoorRulesTest {

    @Test
    void an_internal_endpoint_names_the_services_that_may_call_it() {
        List<Path> internal = Sources.mainJava().stream()
                .filter(file -> Sources.text(file).contains("@Path(\"/internal")
                        && !Sources.text(file).contains("@RegisterRestClient"))
                .toList();

        assertThat(internal)
                .hasSizeGreaterThan(5)
                .allMatch(file -> Sources.text(file).contains("@RolesAllowed(Callers."));
    }

    @Test
    void the_token_of_a_pixel_is_opened_under_the_name_under_which_it_was_sealed() {
        String sealed =
                constant("backoffice-api/src/main/java/io/centurions/backoffice/pixel/PixelRepository.java", "TOKEN");

        assertThat(constant("capi-dispatcher/src/main/java/io/centurions/capi/dispatch/OpenDataset.java", "SEALED_AS"))
                .isEqualTo(sealed);
        assertThat(Sources.text(Sources.ROOT.resolve(
                        "backoffice-api/src/main/java/io/centurions/backoffice/secret/ResealSecrets.java")))
                .contains("p.id, '" + sealed + "', p.sealed_access_token");
    }

    private static String constant(String file, String name) {
        var found = Pattern.compile("String " + name + " = \"([^\"]+)\";")
                .matcher(Sources.text(Sources.ROOT.resolve(file)));
        assertThat(found.find()).as("%s in %s", name, file).isTrue();
        return found.group(1);
    }
}
