package io.centurions.autentique.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.autentique.Fixture;
import io.centurions.platform.webhooks.Signatures;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SignatureVectorsTest {

    @Test
    void every_vector_is_judged_as_written() {
        var vectors = Fixture.json("_signature-vectors");
        byte[] secret = vectors.path("secret").asText().getBytes(StandardCharsets.UTF_8);

        vectors.path("vectors").forEach(vector -> {
            byte[] body = vector.path("body_utf8").asText().getBytes(StandardCharsets.UTF_8);
            boolean genuine = Signatures.matches(
                    Signatures.hmacSha256Hex(secret, body),
                    vector.path("x_autentique_signature").asText());

            assertThat(genuine)
                    .as(vector.path("name").asText())
                    .isEqualTo(vector.path("accept").asBoolean());
        });
        assertThat(vectors.path("vectors")).hasSize(3);
    }
}
