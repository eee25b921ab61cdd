package io.centurions.sandbox.autentique;

import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.Part;
import io.centurions.sandbox.wire.RequestBody;
import io.centurions.sandbox.wire.Surroundings;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.util.List;
import java.util.UUID;

/** {@code /v2/graphql}: the calls of a document's life. Errors are HTTP 200 with {@code errors}, as at the provider. */
final class GraphqlRoute {

    private final Surroundings around;
    private final Documents documents;
    private final Notices notices;
    private final FindDocuments find;

    GraphqlRoute(Surroundings around, Documents documents, Notices notices) {
        this.around = around;
        this.documents = documents;
        this.notices = notices;
        this.find = new FindDocuments(documents, around.address());
    }

    void answer(RoutingContext ctx) {
        ctx.response().putHeader("X-Attq-Request-Id", UUID.randomUUID().toString());
        if (!AutentiqueSimulator.isAuthorized(ctx)) {
            Answer.json(ctx, 401, new JsonObject().put("message", "unauthorized"));
            return;
        }
        RequestBody body = RequestBody.of(ctx);
        try {
            JsonObject operation = body.isMultipart()
                    ? new JsonObject(body.part("operations").map(Part::text).orElse("{}"))
                    : body.json();
            JsonObject variables = operation.getJsonObject("variables", new JsonObject());
            List<GraphqlQuery.Field> fields = GraphqlQuery.fields(
                    operation.getString("query", ""), variables == null ? new JsonObject() : variables);
            Answer.json(ctx, 200, run(fields, upload(body)));
        } catch (IllegalArgumentException | DecodeException unreadable) {
            Answer.json(
                    ctx,
                    200,
                    new JsonObject().put("errors", new JsonArray().add(error(unreadable.getMessage(), null))));
        }
    }

    /** The multipart map names the part that holds the file; there is only one. */
    private static byte[] upload(RequestBody body) {
        return body.parts().stream()
                .filter(Part::isFile)
                .findFirst()
                .map(Part::content)
                .orElse(null);
    }

    private JsonObject run(List<GraphqlQuery.Field> fields, byte[] file) {
        JsonObject data = new JsonObject();
        JsonArray errors = new JsonArray();
        for (GraphqlQuery.Field field : fields) {
            try {
                data.put(field.alias(), GraphqlQuery.project(call(field, file), field.selection()));
            } catch (GraphqlRefusal refusal) {
                data.putNull(field.alias());
                errors.add(error(refusal.getMessage(), field.name()).mergeIn(refusal.extra()));
            }
        }
        JsonObject answer = new JsonObject();
        if (!errors.isEmpty()) {
            answer.put("errors", errors);
        }
        return answer.put("data", data);
    }

    private static JsonObject error(String message, String path) {
        JsonObject error = new JsonObject().put("message", message);
        return path == null ? error : error.put("path", new JsonArray().add(path));
    }

    private Object call(GraphqlQuery.Field field, byte[] file) {
        JsonObject arguments = field.arguments();
        return switch (field.name()) {
            case "createDocument" -> create(arguments, file);
            case "document" -> answerOf(find.one(arguments));
            case "documents", "documentsByFolder" -> find.many(arguments);
            case "updateDocument" -> update(arguments);
            case "deleteDocument" -> delete(arguments);
            case "createLinkToSignature" -> link(arguments.getString("public_id", ""));
            case "resendSignatures" -> resend(arguments.getJsonArray("public_ids", new JsonArray()));
            case "me" ->
                new JsonObject()
                        .put("id", "sandbox")
                        .put("name", "Empresa Simulada")
                        .put("email", "contratos@simulada.example");
            case "__typename" -> "Query";
            default -> throw new GraphqlRefusal("Cannot query field \"" + field.name() + "\" in this sandbox.");
        };
    }

    private JsonObject answerOf(Document document) {
        return document.answer(around.address().base());
    }

    private JsonObject create(JsonObject arguments, byte[] file) {
        JsonObject problems = CreateDocument.check(arguments, file);
        if (!problems.isEmpty()) {
            throw GraphqlRefusal.validation(problems);
        }
        Document document;
        try {
            document = CreateDocument.create(arguments, file);
        } catch (DateTimeException noTime) {
            throw GraphqlRefusal.validation(
                    new JsonObject().put("document.deadline_at", new JsonArray().add("invalid_date")));
        }
        document.signers().stream().filter(Signer::needsLink).forEach(signer -> signer.link(linkAddress(signer)));
        documents.add(document);
        around.afterSteps(1, () -> notices.document("document.created", document, new JsonArray()));
        return answerOf(document);
    }

    private JsonObject update(JsonObject arguments) {
        Document document = find.one(arguments);
        try {
            document.update(arguments.getJsonObject("document", new JsonObject()));
        } catch (DateTimeException noTime) {
            throw GraphqlRefusal.validation(
                    new JsonObject().put("document.deadline_at", new JsonArray().add("invalid_date")));
        }
        return answerOf(document);
    }

    private boolean delete(JsonObject arguments) {
        Document document = find.one(arguments);
        document.delete();
        around.afterSteps(1, () -> notices.document("document.deleted", document, new JsonArray()));
        return true;
    }

    private JsonObject link(String publicId) {
        Signer signer = documents
                .ofSignature(publicId)
                .flatMap(document -> document.signer(publicId))
                .orElseThrow(() -> new GraphqlRefusal("Signature not found"));
        signer.link(linkAddress(signer));
        return new JsonObject().put("id", publicId).put("short_link", linkAddress(signer));
    }

    private String linkAddress(Signer signer) {
        return around.address().base() + "/autentique/assina/" + signer.publicId();
    }

    private boolean resend(JsonArray publicIds) {
        boolean known = publicIds.stream()
                .allMatch(id -> documents.ofSignature(String.valueOf(id)).isPresent());
        if (!known) {
            throw new GraphqlRefusal("Signature not found");
        }
        return true;
    }
}
