package io.centurions.sandbox.oidc;

import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.RequestBody;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** {@code /token}: password, client_credentials, authorization_code and refresh_token. */
final class TokenRoute {

    private final Users users;
    private final Tokens tokens;
    private final Grants grants;

    TokenRoute(Users users, Tokens tokens, Grants grants) {
        this.users = users;
        this.tokens = tokens;
        this.grants = grants;
    }

    void answer(RoutingContext ctx) {
        MultiMap form = RequestBody.of(ctx).form();
        Optional<String> client = Clients.authenticated(ctx, form);
        if (client.isEmpty()) {
            refuse(ctx, 401, "invalid_client");
            return;
        }
        ctx.response().putHeader("Cache-Control", "no-store");
        String grant = Optional.ofNullable(form.get("grant_type")).orElse("");
        switch (grant) {
            case "password" ->
                forPerson(ctx, users.withPassword(form.get("username"), form.get("password")), client.get(), null);
            case "client_credentials" -> forService(ctx, client.get());
            case "authorization_code" -> forCode(ctx, form, client.get());
            case "refresh_token" ->
                forPerson(
                        ctx,
                        grants.use(form.get("refresh_token"), client.get()).flatMap(known -> users.find(known.email())),
                        client.get(),
                        null);
            default -> refuse(ctx, 400, "unsupported_grant_type");
        }
    }

    private void forService(RoutingContext ctx, String client) {
        if (!Clients.isService(client)) {
            refuse(ctx, 400, "unauthorized_client");
            return;
        }
        Answer.json(ctx, 200, bearer(tokens.forService(client)));
    }

    private void forCode(RoutingContext ctx, MultiMap form, String client) {
        Optional<Grants.Code> code =
                grants.redeem(form.get("code"), client, form.get("redirect_uri"), form.get("code_verifier"));
        forPerson(
                ctx,
                code.flatMap(known -> users.find(known.email())),
                client,
                code.map(known -> known.asked().nonce()).orElse(null));
    }

    private void forPerson(RoutingContext ctx, Optional<JsonObject> user, String client, String nonce) {
        if (user.isEmpty()) {
            refuse(ctx, 400, "invalid_grant");
            return;
        }
        Answer.json(
                ctx,
                200,
                bearer(tokens.forPerson(user.get(), client))
                        .put("id_token", tokens.identity(user.get(), client, nonce))
                        .put("refresh_token", grants.refresh(client, user.get().getString("email")))
                        .put("scope", "openid profile email"));
    }

    private static JsonObject bearer(String token) {
        return new JsonObject()
                .put("access_token", token)
                .put("token_type", "Bearer")
                .put("expires_in", Tokens.LIFETIME_SECONDS);
    }

    private static void refuse(RoutingContext ctx, int status, String code) {
        Answer.json(ctx, status, new JsonObject().put("error", code));
    }
}
