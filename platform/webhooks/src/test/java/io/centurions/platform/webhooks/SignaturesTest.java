package io.centurions.platform.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignaturesTest {

    @Test
    void the_hmac_is_that_of_rfc_4231() {
        String hmac = Signatures.hmacSha256Hex("Jefe".getBytes(UTF_8), "what do ya want for nothing?".getBytes(UTF_8));

        assertThat(hmac).isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void a_missing_or_different_signature_never_matches() {
        assertThat(Signatures.matches("abc", "abc")).isTrue();
        assertThat(Signatures.matches("abc", "abd")).isFalse();
        assertThat(Signatures.matches("abc", (String) null)).isFalse();
        assertThat(Signatures.matches((String) null, "abc")).isFalse();
    }

    @Test
    void a_secret_is_recognised_by_its_hash() {
        byte[] kept = Signatures.sha256("secret");

        assertThat(Signatures.matches(kept, "secret")).isTrue();
        assertThat(Signatures.matches(kept, "Secret")).isFalse();
        assertThat(Signatures.matches(kept, null)).isFalse();
    }
}
