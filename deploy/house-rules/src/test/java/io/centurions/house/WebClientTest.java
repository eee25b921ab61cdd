package io.centurions.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The web's client was generated from the OpenAPI document as it is now, and nobody has changed it since. Generating it
 * again is for machines with Node ({@code npm run check} in {@code backoffice-web/api}); this test needs none. To mend
 * it: {@code npm ci && npm run generate} there.
 */
class WebClientTest {

    private static final Path CLIENT = Sources.ROOT.resolve("backoffice-web/api");

    @Test
    void the_client_is_generated_from_the_document_as_it_is() throws IOException, NoSuchAlgorithmException {
        Map<String, String> kept = new TreeMap<>();
        for (String line : Sources.lines(CLIENT.resolve("generated.sha256"))) {
            String[] parts = line.split("  ", 2);
            kept.put(parts[1], parts[0]);
        }

        Map<String, String> now = new TreeMap<>();
        for (String file : new String[] {"../../backoffice-api/openapi.json", "src/schema.ts"}) {
            now.put(file, sha256(CLIENT.resolve(file)));
        }

        assertThat(now).isEqualTo(kept);
    }

    @Test
    void the_lockfile_names_no_address() throws IOException {
        String lockfile = Files.readString(CLIENT.resolve("package-lock.json"));

        assertThat(lockfile).contains("\"integrity\"").doesNotContain("\"resolved\"");
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return HexFormat.of().formatHex(digest);
    }
}
