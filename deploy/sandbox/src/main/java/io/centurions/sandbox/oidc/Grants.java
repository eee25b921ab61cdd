package io.centurions.sandbox.oidc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Codes and refresh tokens that are out. A code is good once and for a minute. */
final class Grants {

    private static final long CODE_LIFETIME_MS = 60_000;

    /** What the sign-in page was asked for, as it must be repeated when the code is exchanged. */
    record Asked(String client, String redirectUri, String challenge, String nonce) {}

    /** A code that is out. */
    record Code(Asked asked, String email, long until) {}

    /** A refresh token that is out. */
    record Refresh(String client, String email) {}

    private final Map<String, Code> codes = new HashMap<>();
    private final Map<String, Refresh> refreshes = new HashMap<>();

    String code(Asked asked, String email) {
        String code = UUID.randomUUID().toString();
        codes.put(code, new Code(asked, email, System.currentTimeMillis() + CODE_LIFETIME_MS));
        return code;
    }

    /** Takes the code, if it is the asker's and the verifier proves that the asker began the sign-in. */
    Optional<Code> redeem(String code, String client, String redirectUri, String verifier) {
        return Optional.ofNullable(codes.remove(code))
                .filter(known -> known.until() > System.currentTimeMillis())
                .filter(known -> known.asked().client().equals(client))
                .filter(known -> known.asked().redirectUri().equals(redirectUri))
                .filter(known -> known.asked().challenge() == null
                        || verifier != null && known.asked().challenge().equals(challenge(verifier)));
    }

    String refresh(String client, String email) {
        String token = UUID.randomUUID().toString();
        refreshes.put(token, new Refresh(client, email));
        return token;
    }

    /** Each refresh token is good once: its use makes a new one. */
    Optional<Refresh> use(String token, String client) {
        return Optional.ofNullable(refreshes.remove(token))
                .filter(known -> known.client().equals(client));
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("SHA-256 is part of every JDK", broken);
        }
    }
}
