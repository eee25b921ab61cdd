package io.centurions.capi.meta;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A dataset and the right to write to it.
 *
 * @param id            of the dataset
 * @param accessToken   a secret
 * @param appSecret     secret of the token's app, null where no proof is sent
 * @param testEventCode shows events as tests, null in earnest
 */
public record Dataset(String id, String accessToken, String appSecret, String testEventCode) {

    /** That we know the app's secret: HMAC-SHA256 of the token, hex; null without a secret. */
    String proof() {
        if (appSecret == null) {
            return null;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(appSecret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(accessToken.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "Dataset[" + id + "]";
    }
}
