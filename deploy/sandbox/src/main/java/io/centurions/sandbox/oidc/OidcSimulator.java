package io.centurions.sandbox.oidc;

import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.RequestBody;
import io.centurions.sandbox.wire.Surroundings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** The front door: wires the issuer and mounts its addresses. */
public final class OidcSimulator {

    private final Users users;
    private final SigningKey key;
    private final Tokens tokens;
    private final TokenRoute tokenRoute;
    private final SignInPage signInPage;

    public OidcSimulator(Surroundings around) {
        this.users = new Users(around.state());
        this.key = SigningKey.rememberedIn(around.state());
        this.tokens = new Tokens(key, around.address());
        Grants grants = new Grants();
        this.tokenRoute = new TokenRoute(users, tokens, grants);
        this.signInPage = new SignInPage(users, grants);
    }

    public void mount(Router router) {
        router.route("/oidc/*").handler(OidcSimulator::allowBrowsers);
        router.get("/oidc/.well-known/openid-configuration").handler(this::discovery);
        router.get("/oidc/jwks").handler(ctx -> Answer.json(ctx, 200, key.jwks()));
        router.post("/oidc/token").handler(tokenRoute::answer);
        router.get("/oidc/userinfo").handler(this::userinfo);
        router.post("/oidc/userinfo").handler(this::userinfo);
        router.get("/oidc/authorize").handler(signInPage::show);
        router.post("/oidc/authorize").handler(signInPage::submit);
        router.get("/oidc/logout").handler(OidcSimulator::logout);
        router.post("/oidc/_sandbox/users").handler(this::addUser);
        router.post("/oidc/_sandbox/tokens").handler(this::sign);
    }

    /** A web application on another port signs in here. */
    private static void allowBrowsers(RoutingContext ctx) {
        ctx.response()
                .putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Access-Control-Allow-Headers", "authorization, content-type")
                .putHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
        if (ctx.request().method().name().equals("OPTIONS")) {
            ctx.response().setStatusCode(204).end();
        } else {
            ctx.next();
        }
    }

    private void discovery(RoutingContext ctx) {
        String issuer = tokens.issuer();
        Answer.json(
                ctx,
                200,
                new JsonObject()
                        .put("issuer", issuer)
                        .put("authorization_endpoint", issuer + "/authorize")
                        .put("token_endpoint", issuer + "/token")
                        .put("userinfo_endpoint", issuer + "/userinfo")
                        .put("jwks_uri", issuer + "/jwks")
                        .put("end_session_endpoint", issuer + "/logout")
                        .put("response_types_supported", new JsonArray().add("code"))
                        .put("subject_types_supported", new JsonArray().add("public"))
                        .put("id_token_signing_alg_values_supported", new JsonArray().add("RS256"))
                        .put("code_challenge_methods_supported", new JsonArray().add("S256"))
                        .put(
                                "token_endpoint_auth_methods_supported",
                                new JsonArray()
                                        .add("none")
                                        .add("client_secret_basic")
                                        .add("client_secret_post"))
                        .put(
                                "grant_types_supported",
                                new JsonArray()
                                        .add("authorization_code")
                                        .add("refresh_token")
                                        .add("password")
                                        .add("client_credentials"))
                        .put(
                                "scopes_supported",
                                new JsonArray().add("openid").add("profile").add("email")));
    }

    private void userinfo(RoutingContext ctx) {
        String header =
                Optional.ofNullable(ctx.request().getHeader("Authorization")).orElse("");
        Optional<JsonObject> claims =
                header.startsWith("Bearer ") ? tokens.verify(header.substring(7)) : Optional.empty();
        claims.ifPresentOrElse(
                known -> {
                    for (String technical : new String[] {"iss", "aud", "exp", "iat", "jti"}) {
                        known.remove(technical);
                    }
                    Answer.json(ctx, 200, known);
                },
                () -> Answer.json(ctx, 401, new JsonObject().put("error", "invalid_token")));
    }

    private static void logout(RoutingContext ctx) {
        String back = ctx.request().getParam("post_logout_redirect_uri");
        if (back != null && SignInPage.isAddress(back)) {
            Answer.redirect(ctx, back);
        } else {
            Answer.html(ctx, 200, "<!doctype html><title>Sandbox</title><p>Sessão encerrada (emissor simulado).</p>");
        }
    }

    private void sign(RoutingContext ctx) {
        String token = tokens.saying(RequestBody.of(ctx).json());
        Answer.json(ctx, 201, new JsonObject().put("access_token", token).put("token_type", "Bearer"));
    }

    private void addUser(RoutingContext ctx) {
        JsonObject asked = RequestBody.of(ctx).json();
        if (asked.getString("email", "").isBlank()
                || asked.getString("password", "").isBlank()) {
            Answer.refuse(ctx, 400, "a user needs email and password");
            return;
        }
        JsonObject user = users.put(asked).copy();
        user.remove("password");
        Answer.json(ctx, 201, user);
    }
}
