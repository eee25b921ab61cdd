package io.centurions.sandbox.autentique;

import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.RequestBody;
import io.centurions.sandbox.wire.Surroundings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** The front door: wires the simulator's parts and mounts its addresses. */
public final class AutentiqueSimulator {

    private static final String TOKEN = "sandbox-autentique-token";

    private final Documents documents = new Documents();
    private final Notices notices;
    private final GraphqlRoute graphql;
    private final SigningRoutes signing;

    public AutentiqueSimulator(Surroundings around) {
        this.notices = new Notices(around);
        this.graphql = new GraphqlRoute(around, documents, notices);
        this.signing = new SigningRoutes(around, documents, notices);
    }

    public void mount(Router router) {
        router.post("/autentique/v2/graphql").handler(graphql::answer);
        router.post("/autentique/_sandbox/endpoint").handler(this::endpoint);
        router.get("/autentique/documentos/:id/:file").handler(this::file);
        signing.mount(router);
    }

    static boolean isAuthorized(RoutingContext ctx) {
        return ("Bearer " + TOKEN).equals(ctx.request().getHeader("Authorization"));
    }

    private void endpoint(RoutingContext ctx) {
        JsonObject asked = RequestBody.of(ctx).json();
        if (!asked.getString("url", "").matches("https?://\\S+")) {
            Answer.refuse(ctx, 400, "url is missing");
            return;
        }
        notices.endpoint(asked.getString("url"), asked.getString("secret", Notices.DEFAULT_SECRET));
        Answer.json(ctx, 200, new JsonObject().put("url", asked.getString("url")));
    }

    /** The original is public by its address; what was signed needs the key. */
    private void file(RoutingContext ctx) {
        Optional<Document> document = documents.find(ctx.pathParam("id"));
        boolean original = ctx.pathParam("file").equals("original.pdf");
        if (document.isEmpty()) {
            Answer.text(ctx, 404, "not found");
        } else if (!original && !isAuthorized(ctx)) {
            Answer.json(ctx, 401, new JsonObject().put("message", "unauthorized"));
        } else {
            Buffer bytes = Buffer.buffer(document.get().file());
            // A comment after the end of a PDF is allowed and tells the two files apart.
            bytes.appendString(
                    original
                            ? ""
                            : "\n% assinatura simulada de " + document.get().id() + "\n");
            Answer.bytes(ctx, 200, "application/pdf", bytes);
        }
    }
}
