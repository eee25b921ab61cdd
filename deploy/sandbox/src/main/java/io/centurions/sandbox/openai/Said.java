package io.centurions.sandbox.openai;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * One message of the request, its text put together from whatever parts it came in.
 *
 * @param role system, user, assistant or tool
 */
record Said(String role, String text) {

    static List<Said> all(JsonArray messages) {
        List<Said> said = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            JsonObject message = messages.getJsonObject(i);
            said.add(new Said(message.getString("role", "user"), text(message.getValue("content"))));
        }
        return said;
    }

    private static String text(Object content) {
        if (content instanceof JsonArray parts) {
            StringBuilder joined = new StringBuilder();
            for (int i = 0; i < parts.size(); i++) {
                String part = parts.getValue(i) instanceof JsonObject object ? object.getString("text", "") : "";
                joined.append(joined.isEmpty() || part.isEmpty() ? "" : "\n").append(part);
            }
            return joined.toString();
        }
        return content == null ? "" : content.toString();
    }

    boolean is(String wanted) {
        return role.equals(wanted);
    }
}
