package io.centurions.backoffice.channel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;

/**
 * Where a gateway says that an instance stands.
 *
 * @param said   as it came
 * @param status one that our row may have; null when it is none
 * @param qr     null while there is none
 */
record Live(JsonNode said, String status, ChannelView.QrView qr) {

    private static final Set<String> STATUSES =
            Set.of("new", "connecting", "qr_ready", "connected", "disconnected", "error");

    static Live of(JsonNode said) {
        String state = said == null ? "" : said.path("state").asText("").toLowerCase(Locale.ROOT);
        return new Live(said, STATUSES.contains(state) ? state : null, said == null ? null : qr(said.path("qr")));
    }

    boolean isConnected() {
        return "connected".equals(status);
    }

    private static ChannelView.QrView qr(JsonNode qr) {
        if (!qr.hasNonNull("code") && !qr.hasNonNull("base64") && !qr.hasNonNull("pairingCode")) {
            return null;
        }
        return new ChannelView.QrView(text(qr, "base64"), text(qr, "code"), text(qr, "pairingCode"));
    }

    private static String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }
}
