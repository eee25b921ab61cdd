package io.centurions.sandbox.autentique;

import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.RequestBody;
import io.centurions.sandbox.wire.Resource;
import io.centurions.sandbox.wire.Surroundings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What signers do: by call, or on the page behind a signing link. The provider's webhooks follow. */
final class SigningRoutes {

    private final Surroundings around;
    private final Documents documents;
    private final Notices notices;
    private final String page = Resource.text(SigningRoutes.class, "sign.html");

    SigningRoutes(Surroundings around, Documents documents, Notices notices) {
        this.around = around;
        this.documents = documents;
        this.notices = notices;
    }

    void mount(Router router) {
        router.post("/autentique/documents/:id/view").handler(ctx -> act(ctx, this::view));
        router.post("/autentique/documents/:id/sign").handler(ctx -> act(ctx, this::sign));
        router.post("/autentique/documents/:id/reject")
                .handler(ctx -> act(
                        ctx,
                        (document, signer) -> reject(
                                document,
                                signer,
                                RequestBody.of(ctx).json().getString("reason", "recusado no simulador"))));
        router.get("/autentique/assina/:signature").handler(this::showPage);
    }

    /** {@code id} is a document or a signature; the body may name one {@code signer}, else all who are pending act. */
    private void act(RoutingContext ctx, BiConsumer<Document, Signer> act) {
        String id = ctx.pathParam("id");
        Optional<Document> document = documents.find(id).or(() -> documents.ofSignature(id));
        if (document.isEmpty()) {
            Answer.refuse(ctx, 404, "no such document");
            return;
        }
        String who = Optional.ofNullable(RequestBody.of(ctx).json().getString("signer"))
                .orElse(id.equals(document.get().id()) ? null : id);
        List<Signer> meant = document.get().signers().stream()
                .filter(signer -> who == null ? signer.isPending() : signer.isMeantBy(who))
                .toList();
        Optional<String> closed = document.get().closedBecause();
        if (closed.isPresent() || meant.isEmpty() || meant.stream().anyMatch(signer -> !signer.isPending())) {
            Answer.refuse(ctx, 409, closed.orElse("nobody is pending who could do that"));
            return;
        }
        meant.forEach(signer -> act.accept(document.get(), signer));
        Answer.json(ctx, 200, state(document.get()));
    }

    private static JsonObject state(Document document) {
        JsonArray signatures = new JsonArray();
        document.signers().forEach(signer -> signatures.add(signer.answer()));
        return new JsonObject()
                .put("document", document.id())
                .put("finished", document.isFinished())
                .put("signatures", signatures);
    }

    private void view(Document document, Signer signer) {
        if (signer.view()) {
            around.afterSteps(1, () -> notices.signature("signature.viewed", document, signer));
        }
    }

    private void sign(Document document, Signer signer) {
        view(document, signer);
        signer.sign();
        document.touched();
        boolean last = document.isFinished();
        around.afterSteps(2, () -> {
            notices.signature("signature.accepted", document, signer);
            if (last) {
                notices.document(
                        "document.finished", document, new JsonObject().put("signed_count", document.signedCount()));
            }
        });
    }

    private void reject(Document document, Signer signer, String reason) {
        view(document, signer);
        signer.reject(reason);
        document.touched();
        around.afterSteps(2, () -> notices.signature("signature.rejected", document, signer));
    }

    private void showPage(RoutingContext ctx) {
        String publicId = ctx.pathParam("signature");
        Optional<Document> document = documents.ofSignature(publicId);
        if (document.isEmpty()) {
            Answer.text(ctx, 404, "Link inexistente (simulador).");
            return;
        }
        Signer signer = document.get().signer(publicId).orElseThrow();
        view(document.get(), signer);
        Answer.html(
                ctx,
                200,
                page.replace("{{document}}", escaped(document.get().name()))
                        .replace("{{signer}}", escaped(signer.name()))
                        .replace(
                                "{{state}}",
                                signer.hasSigned() ? "signed" : signer.hasRejected() ? "rejected" : "pending")
                        .replace("{{id}}", publicId)
                        .replace(
                                "{{file}}",
                                document.get().files(around.address().base()).getString("original")));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
