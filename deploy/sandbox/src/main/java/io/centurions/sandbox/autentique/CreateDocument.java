package io.centurions.sandbox.autentique;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** createDocument: checks the input as the provider does and makes the document. Not idempotent, as at the provider. */
final class CreateDocument {

    private static final int SHORTEST_NAME = 3;

    private CreateDocument() {}

    /** Codes by field, empty when everything is right. */
    static JsonObject check(JsonObject arguments, byte[] file) {
        JsonObject problems = new JsonObject();
        JsonObject document = arguments.getJsonObject("document");
        String name = document == null ? null : document.getString("name");
        if (name == null) {
            complain(problems, "document.name", "required");
        } else if (name.length() < SHORTEST_NAME) {
            complain(problems, "document.name", "must_be_at_least_characters:" + SHORTEST_NAME);
        }
        if (document != null
                && document.getBoolean("stop_on_rejected", false)
                && !document.getBoolean("refusable", false)) {
            complain(problems, "document.stop_on_rejected", "requires_refusable");
        }
        JsonArray signers = arguments.getJsonArray("signers");
        if (signers == null || signers.isEmpty()) {
            complain(problems, "signers", "required");
        } else {
            for (int i = 0; i < signers.size(); i++) {
                checkSigner(problems, i, signers.getJsonObject(i));
            }
        }
        if (file == null || file.length == 0) {
            complain(problems, "file", "required");
        }
        return problems;
    }

    private static void checkSigner(JsonObject problems, int index, JsonObject signer) {
        String prefix = "signers." + index + ".";
        String email = signer.getString("email");
        if (email != null && !email.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")) {
            complain(problems, prefix + "email", "invalid_email");
        }
        String phone = signer.getString("phone");
        if (phone != null && !phone.matches("\\+?\\d{10,15}")) {
            complain(problems, prefix + "phone", "invalid_phone");
        }
        if (email == null && phone == null && signer.getString("name") == null) {
            complain(problems, prefix + "email", "required");
        }
        if (signer.getString("action") == null) {
            complain(problems, prefix + "action", "required");
        }
    }

    private static void complain(JsonObject problems, String field, String code) {
        problems.put(field, new JsonArray().add(code));
    }

    static Document create(JsonObject arguments, byte[] file) {
        List<Signer> signers = new ArrayList<>();
        JsonArray asked = arguments.getJsonArray("signers");
        for (int i = 0; i < asked.size(); i++) {
            signers.add(new Signer(asked.getJsonObject(i)));
        }
        return new Document(arguments, signers, file);
    }
}
