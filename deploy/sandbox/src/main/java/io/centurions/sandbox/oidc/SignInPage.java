package io.centurions.sandbox.oidc;

import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.RequestBody;
import io.centurions.sandbox.wire.Resource;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code /authorize}: the page where a person signs in, which then hands the application a code. */
final class SignInPage {

    private static final List<String> CARRIED =
            List.of("client_id", "redirect_uri", "state", "nonce", "code_challenge", "code_challenge_method");

    private final Users users;
    private final Grants grants;
    private final String page = Resource.text(SignInPage.class, "sign-in.html");

    SignInPage(Users users, Grants grants) {
        this.users = users;
        this.grants = grants;
    }

    void show(RoutingContext ctx) {
        Optional<String> wrong = whatIsWrong(ctx.request().params());
        if (wrong.isPresent()) {
            Answer.refuse(ctx, 400, wrong.get());
        } else {
            Answer.html(ctx, 200, page(ctx.request().params(), ""));
        }
    }

    void submit(RoutingContext ctx) {
        MultiMap form = RequestBody.of(ctx).form();
        Optional<String> wrong = whatIsWrong(form);
        Optional<JsonObject> user = users.withPassword(form.get("email"), form.get("password"));
        if (wrong.isPresent()) {
            Answer.refuse(ctx, 400, wrong.get());
        } else if (user.isEmpty()) {
            Answer.html(ctx, 401, page(form, "E-mail ou senha não conferem."));
        } else {
            Answer.redirect(ctx, returnAddress(form, user.get().getString("email")));
        }
    }

    private String returnAddress(MultiMap form, String email) {
        String redirect = form.get("redirect_uri");
        Grants.Asked asked =
                new Grants.Asked(form.get("client_id"), redirect, given(form, "code_challenge"), given(form, "nonce"));
        String state = given(form, "state");
        String address = redirect + (redirect.contains("?") ? "&" : "?") + "code=" + grants.code(asked, email);
        return state == null ? address : address + "&state=" + URLEncoder.encode(state, StandardCharsets.UTF_8);
    }

    private static String given(MultiMap form, String name) {
        String value = form.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private static Optional<String> whatIsWrong(MultiMap asked) {
        if (!Clients.isKnown(asked.get("client_id"))) {
            return Optional.of("unknown client_id");
        }
        if (asked.get("redirect_uri") == null || !isAddress(asked.get("redirect_uri"))) {
            return Optional.of("redirect_uri must be an http address");
        }
        // A public client has no secret, so only the challenge ties the code to who asked for it.
        boolean proves = given(asked, "code_challenge") != null && "S256".equals(asked.get("code_challenge_method"));
        return Clients.PUBLIC.equals(asked.get("client_id")) && !proves
                ? Optional.of("a public client must send a S256 code_challenge")
                : Optional.empty();
    }

    static boolean isAddress(String text) {
        return text.matches("https?://[^\\s\"<>]+");
    }

    private String page(MultiMap asked, String problem) {
        StringBuilder hidden = new StringBuilder();
        for (String name : CARRIED) {
            if (asked.get(name) != null) {
                hidden.append("<input type=\"hidden\" name=\"")
                        .append(name)
                        .append("\" value=\"")
                        .append(escaped(asked.get(name)))
                        .append("\">");
            }
        }
        return page.replace("{{hidden}}", hidden).replace("{{problem}}", escaped(problem));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
