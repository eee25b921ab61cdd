package io.centurions.backoffice.invitation;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;

/**
 * What an invited person brings. Only its hash is kept, so it can be told once; who needs it again is
 * invited again.
 *
 * @param value 43 characters, fit for an address
 */
public record InvitationToken(String value) {

    /** How long it can be accepted. */
    public static final Duration VALID = Duration.ofDays(7);

    private static final int BYTES = 32;

    /** One that nobody can guess. */
    public static InvitationToken random() {
        byte[] random = new byte[BYTES];
        // Not kept in a field: a native image would freeze its seed.
        new SecureRandom().nextBytes(random);
        return new InvitationToken(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /** What is kept. The token is as random as its hash is long, so it needs no salt. */
    public Buffer hash() {
        try {
            return Buffer.buffer(
                    MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java knows SHA-256", e);
        }
    }

    /** Never the token: this may end in a log. */
    @Override
    public String toString() {
        return "an invitation's token";
    }
}
