package io.centurions.backoffice.issuer;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An issuer's keys, RSA and elliptic, and what can be made with them: good tokens and forged ones. */
public final class SigningKeys {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair rsa;
    private final KeyPair ec;

    private SigningKeys(KeyPair rsa, KeyPair ec) {
        this.rsa = rsa;
        this.ec = ec;
    }

    /** Keys that nobody else has. */
    public static SigningKeys fresh() {
        try {
            var rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(2048);
            var ec = KeyPairGenerator.getInstance("EC");
            ec.initialize(new ECGenParameterSpec("secp256r1"));
            return new SigningKeys(rsa.generateKeyPair(), ec.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no keys can be made", e);
        }
    }

    /** Those of {@link #secret()}. */
    static SigningKeys of(String secret) {
        String[] parts = secret.split("\\.");
        try {
            return new SigningKeys(pair("RSA", parts[0], parts[1]), pair("EC", parts[2], parts[3]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("these are no keys of a test's issuer", e);
        }
    }

    String secret() {
        return String.join(
                ".", text(rsa.getPublic()), text(rsa.getPrivate()), text(ec.getPublic()), text(ec.getPrivate()));
    }

    Map<String, Object> published() {
        var open = (RSAPublicKey) rsa.getPublic();
        var point = ((ECPublicKey) ec.getPublic()).getW();
        var modulus = number(open.getModulus(), 256);
        var exponent = number(open.getPublicExponent(), 3);
        var x = number(point.getAffineX(), 32);
        var y = number(point.getAffineY(), 32);
        return Map.of(
                "keys",
                List.of(
                        Map.of(
                                "kty", "RSA", "alg", "RS256", "kid", name(rsa), "use", "sig", "n", modulus, "e",
                                exponent),
                        Map.of(
                                "kty", "EC", "alg", "ES256", "kid", name(ec), "use", "sig", "crv", "P-256", "x", x, "y",
                                y)));
    }

    /** As Keycloak signs. */
    public String rs256(JsonObject claims) {
        return signed(head("RS256", name(rsa)), claims, "SHA256withRSA", rsa.getPrivate());
    }

    /** As Supabase Auth signs. */
    public String es256(JsonObject claims) {
        return signed(head("ES256", name(ec)), claims, "SHA256withECDSAinP1363Format", ec.getPrivate());
    }

    /** With a key that the issuer never published, under a name that it never published either. */
    public String ofUnknownKey(JsonObject claims) {
        SigningKeys strangers = fresh();
        return signed(head("RS256", "stranger"), claims, "SHA256withRSA", strangers.rsa.getPrivate());
    }

    /** With a key that the issuer never published, under the name of one that it did. */
    public String ofStolenName(JsonObject claims) {
        SigningKeys strangers = fresh();
        return signed(head("RS256", name(rsa)), claims, "SHA256withRSA", strangers.rsa.getPrivate());
    }

    /** Signed by nobody. */
    public String unsigned(JsonObject claims) {
        return part(new JsonObject().put("alg", "none").put("typ", "JWT")) + "." + part(claims) + ".";
    }

    /** The public key taken for a shared secret, which a careless reader would accept. */
    public String hs256WithThePublicKey(JsonObject claims) {
        try {
            String content = part(head("HS256", name(rsa))) + "." + part(claims);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(rsa.getPublic().getEncoded(), "HmacSHA256"));
            return content + "." + URL.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the token cannot be forged", e);
        }
    }

    private static JsonObject head(String algorithm, String key) {
        return new JsonObject().put("alg", algorithm).put("typ", "JWT").put("kid", key);
    }

    private static String signed(JsonObject head, JsonObject claims, String algorithm, PrivateKey key) {
        String content = part(head) + "." + part(claims);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the token cannot be signed", e);
        }
    }

    private static String part(JsonObject json) {
        return URL.encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
    }

    // As JWK wants them: without a sign byte, and of full length on a curve.
    private static String number(BigInteger number, int bytes) {
        byte[] given = number.toByteArray();
        byte[] full = new byte[bytes];
        int length = Math.min(given.length, bytes);
        System.arraycopy(given, given.length - length, full, bytes - length, length);
        return URL.encodeToString(full);
    }

    // Another key has another name.
    private static String name(KeyPair pair) {
        return pair.getPublic().getAlgorithm() + "-"
                + Arrays.hashCode(pair.getPublic().getEncoded());
    }

    private static String text(Key key) {
        return URL.encodeToString(key.getEncoded());
    }

    private static KeyPair pair(String type, String open, String secret) throws GeneralSecurityException {
        var factory = KeyFactory.getInstance(type);
        PublicKey publicKey = factory.generatePublic(
                new X509EncodedKeySpec(Base64.getUrlDecoder().decode(open)));
        PrivateKey privateKey = factory.generatePrivate(
                new PKCS8EncodedKeySpec(Base64.getUrlDecoder().decode(secret)));
        return new KeyPair(publicKey, privateKey);
    }
}
