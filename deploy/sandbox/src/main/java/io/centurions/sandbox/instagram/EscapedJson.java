package io.centurions.sandbox.instagram;

import io.vertx.core.json.JsonObject;

/** JSON as Meta sends and signs it: unicode and slashes escaped, so a body parsed and written again has another hash. */
final class EscapedJson {

    private EscapedJson() {}

    static String of(JsonObject body) {
        String plain = body.encode();
        StringBuilder escaped = new StringBuilder(plain.length() + 64);
        for (int i = 0; i < plain.length(); i++) {
            char character = plain.charAt(i);
            if (character > 126) {
                escaped.append(String.format("\\u%04x", (int) character));
            } else if (character == '/') {
                escaped.append("\\/");
            } else {
                escaped.append(character);
            }
        }
        return escaped.toString();
    }
}
