package io.centurions.sandbox.autentique;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Documents and signatures as they stand in live webhooks, which differs from what GraphQL answers. */
final class WebhookShape {

    private WebhookShape() {}

    static JsonObject document(Document document, String base) {
        JsonObject asked = document.askedFor();
        JsonArray signatures = new JsonArray();
        document.signers()
                .forEach(signer -> signatures.add(signature(document, signer).put("events", new JsonArray())));
        JsonObject shape = new JsonObject()
                .put("id", document.id())
                .put("object", "document")
                .put("name", document.name())
                .put("message", asked.getString("message"))
                .put("refusable", asked.getBoolean("refusable", false))
                .put("author", author())
                .put("signatures", signatures);
        for (String flag : new String[] {
            "stop_on_rejected", "qualified", "ignore_cpf", "ignore_birthdate", "sortable", "scrolling_required"
        }) {
            shape.put(flag, asked.getBoolean(flag, false));
        }
        return shape.put("is_blocked", false)
                .put("sandbox", document.isSandbox())
                .put("api", true)
                .put("locale", locale())
                .putNull("email_template_id")
                .putNull("expiration_at")
                .putNull("notify_in")
                .put("reminder", asked.getString("reminder"))
                .put("reply_to", asked.getString("reply_to"))
                .put("signatures_count", document.signers().size())
                .put("signed_count", document.signedCount())
                .put("rejected_count", document.rejectedCount())
                .put("files", document.files(base))
                .put("created_at", document.createdAt())
                .put("updated_at", document.updatedAt())
                .put("deleted_at", document.deletedAt())
                .put("deadline_at", asked.getString("deadline_at"))
                .put("lifecycle_in", "2031-11-20T03:00:00.000000Z")
                .put("author_folder_id", document.folder());
    }

    private static JsonObject author() {
        return person("Empresa Simulada", "contratos@simulada.example", null)
                .put("cpf", "00000000000")
                .put("birthday", "1990-01-01");
    }

    private static JsonObject locale() {
        return new JsonObject()
                .put("country", "BR")
                .put("language", "pt-BR")
                .put("timezone", "America/Sao_Paulo")
                .put("date_format", "d/m/Y");
    }

    static JsonObject signature(Document document, Signer signer) {
        JsonObject asked = signer.askedFor();
        JsonObject shape = new JsonObject()
                .put("public_id", signer.publicId())
                .put("object", "signature")
                .put("user", person(asked.getString("name"), asked.getString("email"), asked.getString("phone")))
                .put("document", document.id())
                .put("events", events(document, signer));
        JsonObject mail = new JsonObject();
        for (String step : new String[] {"sent", "opened", "refused", "delivered", "reason"}) {
            mail.putNull(step);
        }
        return shape.put("mail", mail)
                .put("action", capitalised(asked.getString("action", "SIGN")))
                .put("viewed", signer.viewedAt())
                .put("signed", signer.signedAt())
                .put("rejected", signer.rejectedAt())
                .put("reason", signer.reason())
                .putNull("biometric_unapproved")
                .putNull("biometric_approved")
                .putNull("biometric_rejected")
                .put("created_at", signer.createdAt())
                .putNull("archived_at");
    }

    private static JsonArray events(Document document, Signer signer) {
        JsonArray events = new JsonArray();
        add(events, "viewed", document, signer, signer.viewedAt());
        add(events, "signed", document, signer, signer.signedAt());
        add(events, "rejected", document, signer, signer.rejectedAt());
        return events;
    }

    private static void add(JsonArray events, String type, Document document, Signer signer, String at) {
        if (at == null) {
            return;
        }
        JsonObject asked = signer.askedFor();
        events.add(new JsonObject()
                .put("type", type)
                .put("document", document.id())
                .put("user", person(asked.getString("name"), asked.getString("email"), asked.getString("phone")))
                .putNull("geolocation")
                .put("reason", signer.reason())
                .put("ip", "192.0.2.10")
                .put("port", 29317)
                .put("created_at", at));
    }

    private static JsonObject person(String name, String email, String phone) {
        return new JsonObject()
                .put("name", name)
                .putNull("company")
                .put("email", email)
                .put("phone", phone)
                .putNull("cpf")
                .putNull("cnpj")
                .putNull("birthday");
    }

    /** SIGN stands as "Sign" in webhooks. */
    private static String capitalised(String action) {
        return action.charAt(0) + action.substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
