package io.centurions.evolution.evolution;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a person scans or types to connect a phone.
 *
 * @param code        the text inside the picture
 * @param base64      the picture as a data URL; absent when the server sent only the text
 * @param pairingCode to be typed on the phone; absent unless a number was given
 */
public record Qr(String code, String base64, String pairingCode) {

    /** A QR from an answer or a webhook; null when it carries none yet ({@code {"count":0}}). */
    static Qr of(JsonNode node) {
        Qr qr = new Qr(
                Wire.text(node.path("code")), Wire.text(node.path("base64")), Wire.text(node.path("pairingCode")));
        return qr.code == null && qr.base64 == null ? null : qr;
    }

    /** Never the content: whoever has it can take the account over. */
    @Override
    public String toString() {
        return "Qr[hidden]";
    }
}
