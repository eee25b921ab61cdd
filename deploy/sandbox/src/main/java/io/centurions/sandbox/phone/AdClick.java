package io.centurions.sandbox.phone;

import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** The advertisement that a lead came from; asked as {@code true} or with the fields that matter to the caller. */
public record AdClick(String ctwaClid, String adId, String title, String body, String sourceUrl) {

    static AdClick of(Object asked) {
        JsonObject given = asked instanceof JsonObject object ? object : new JsonObject();
        return new AdClick(
                given.getString("ctwaClid", given.getString("ctwa_clid", randomClickId())),
                given.getString("adId", given.getString("ad_id", "120210000000000001")),
                given.getString("title", "Oferta de teste"),
                given.getString("body", "Fale conosco no WhatsApp"),
                given.getString("sourceUrl", given.getString("source_url", "https://fb.me/simulado")));
    }

    private static String randomClickId() {
        byte[] random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random);
        return "ARAsimulated-" + HexFormat.of().formatHex(random);
    }
}
