package io.centurions.sandbox.oidc;

import io.centurions.sandbox.wire.StateFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** The RS256 key of the issuer; remembered where there is a state folder, so that tokens outlive a restart. */
final class SigningKey {

    private static final String SECTION = "oidcKey";
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final String id;
    private final PrivateKey privateKey;
    private final RSAPublicKey publicKey;

    private SigningKey(String id, PrivateKey privateKey, RSAPublicKey publicKey) {
        this.id = id;
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    static SigningKey rememberedIn(StateFile state) {
        Optional<JsonObject> kept = state.read(SECTION);
        try {
            JsonObject section = kept.isPresent() ? kept.get() : fresh();
            if (kept.isEmpty()) {
                state.write(SECTION, section);
            }
            byte[] encoded = Base64.getDecoder().decode(section.getString("pkcs8"));
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            RSAPrivateCrtKey secret = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(encoded));
            PublicKey open = rsa.generatePublic(new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent()));
            return new SigningKey(section.getString("kid"), secret, (RSAPublicKey) open);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("the signing key in the state folder is unreadable", broken);
        }
    }

    private static JsonObject fresh() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
        return new JsonObject()
                .put("kid", "sandbox-" + UUID.randomUUID().toString().substring(0, 8))
                .put("pkcs8", Base64.getEncoder().encodeToString(encoded));
    }

    String sign(JsonObject claims) {
        JsonObject header =
                new JsonObject().put("alg", "RS256").put("typ", "JWT").put("kid", id);
        String content = part(header.encode()) + "." + part(claims.encode());
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(privateKey);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("signing with our own key", broken);
        }
    }

    /** The claims, empty when the signature is not ours; the caller looks at the time. */
    Optional<JsonObject> verified(String token) {
        String[] parts = token.split("\\.");
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(publicKey);
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            boolean ours = signature.verify(Base64.getUrlDecoder().decode(parts[2]));
            byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
            return ours ? Optional.of(new JsonObject(new String(claims, StandardCharsets.UTF_8))) : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    JsonObject jwks() {
        JsonObject key = new JsonObject()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("kid", id)
                .put("n", unsigned(publicKey.getModulus()))
                .put("e", unsigned(publicKey.getPublicExponent()));
        return new JsonObject().put("keys", new JsonArray().add(key));
    }

    private static String part(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** JWK numbers have no sign byte. */
    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        boolean signByte = bytes.length > 1 && bytes[0] == 0;
        return URL.encodeToString(signByte ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }
}
