package io.centurions.sandbox.instagram;

import io.centurions.sandbox.phone.Channel;
import io.centurions.sandbox.phone.ChatMessage;
import io.centurions.sandbox.phone.Chats;
import io.centurions.sandbox.phone.Media;
import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.RequestBody;
import io.centurions.sandbox.wire.Surroundings;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The front door: the Graph addresses and the subscription that stands for the app's panel. */
public final class InstagramSimulator {

    private static final String TOKEN_PREFIX = "ig-";
    private static final int LONGEST_TEXT_BYTES = 1000;
    private static final long TYPING_SHOWN_MS = 20_000;

    private final Surroundings around;
    private final Chats chats;
    private final Accounts accounts;
    private final Announce announce;
    private final InstagramChannel channel;

    public InstagramSimulator(Surroundings around, Chats chats) {
        this.around = around;
        this.chats = chats;
        this.accounts = new Accounts(around.state());
        this.announce = new Announce(around, accounts);
        this.channel = new InstagramChannel(around.address(), accounts, announce, chats.shelf());
    }

    public void mount(Router router) {
        router.post("/instagram/_sandbox/subscription").handler(this::subscribe);
        router.get("/instagram/_sandbox/subscription").handler(ctx -> Answer.json(ctx, 200, accounts.view()));
        router.get("/instagram/cdn/:key").handler(this::media);
        router.post("/instagram/:version/me/messages").handler(withToken(this::message));
        router.post("/instagram/:version/me/subscribed_apps")
                .handler(withToken((ctx, account) -> Answer.json(ctx, 200, new JsonObject().put("success", true))));
        router.get("/instagram/:version/me").handler(withToken(InstagramSimulator::me));
        router.get("/instagram/:version/:igsid").handler(withToken(this::profile));
        router.route("/instagram/*").handler(ctx -> GraphError.unknownPath(ctx));
    }

    public Channel channel() {
        return channel;
    }

    /** By convention the token {@code ig-<accountId>} speaks for that account. */
    private Handler<RoutingContext> withToken(BiConsumer<RoutingContext, String> route) {
        return ctx -> {
            String header = ctx.request().getHeader("Authorization");
            String inBody = RequestBody.of(ctx).json().getString("access_token", "");
            String token = header != null && header.startsWith("Bearer ")
                    ? header.substring(7)
                    : Optional.ofNullable(ctx.request().getParam("access_token"))
                            .orElse(inBody);
            if (token.startsWith(TOKEN_PREFIX)) {
                String account = token.substring(TOKEN_PREFIX.length());
                accounts.learn(account);
                route.accept(ctx, account);
            } else {
                GraphError.badToken(ctx);
            }
        };
    }

    private void message(RoutingContext ctx, String account) {
        JsonObject asked = RequestBody.of(ctx).json();
        String recipient = String.valueOf(
                asked.getJsonObject("recipient", new JsonObject()).getValue("id"));
        if (!accounts.knows(account, recipient)) {
            GraphError.noSuchUser(ctx);
        } else if (asked.getString("sender_action") != null) {
            act(account, recipient, asked.getString("sender_action"));
            Answer.json(ctx, 200, new JsonObject().put("recipient_id", recipient));
        } else if (asked.getJsonObject("message") == null) {
            GraphError.badParameter(ctx, "(#100) The parameter message is required");
        } else {
            send(ctx, account, recipient, asked.getJsonObject("message"));
        }
    }

    private void act(String account, String recipient, String action) {
        chats.of(InstagramChannel.NAME, account, recipient).typing(action.equals("typing_on") ? TYPING_SHOWN_MS : 0);
    }

    private void send(RoutingContext ctx, String account, String recipient, JsonObject message) {
        String text = message.getString("text", "");
        JsonObject attachment = message.getJsonObject("attachment");
        if (attachment == null && text.isEmpty()) {
            GraphError.badParameter(ctx, "(#100) Empty text");
            return;
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT_BYTES) {
            GraphError.badParameter(ctx, "(#100) Length of param message[text] must be less than or equal to 1000");
            return;
        }
        String mid = WebhookShape.freshMid();
        ChatMessage bubble = chats.of(InstagramChannel.NAME, account, recipient)
                .received(mid, text, Optional.ofNullable(attachment).map(InstagramSimulator::named));
        Answer.json(ctx, 200, new JsonObject().put("recipient_id", recipient).put("message_id", mid));
        around.afterSteps(1, () -> {
            bubble.reached("delivered");
            announce.send(account, WebhookShape.echo(account, recipient, mid, message));
        });
        around.afterSteps(3, () -> {
            bubble.reached("read");
            announce.send(account, WebhookShape.read(account, recipient, mid));
        });
    }

    /** Media is sent by address; the telephone shows its name. */
    private static Media named(JsonObject attachment) {
        String type = attachment.getString("type", "file");
        String url = attachment.getJsonObject("payload", new JsonObject()).getString("url", "");
        String kind = type.equals("file") ? "document" : type;
        return new Media(kind, "application/octet-stream", url, null, new byte[0]);
    }

    private static void me(RoutingContext ctx, String account) {
        Answer.json(
                ctx,
                200,
                new JsonObject()
                        .put("id", account)
                        .put("user_id", account)
                        .put("username", "empresa.simulada")
                        .put("account_type", "BUSINESS"));
    }

    private void profile(RoutingContext ctx, String account) {
        String igsid = ctx.pathParam("igsid");
        Optional<String> name = accounts.nameOf(account, igsid);
        if (name.isEmpty()) {
            GraphError.noConsent(ctx);
            return;
        }
        String username = name.get().toLowerCase(java.util.Locale.ROOT).replaceAll("\\s+", ".");
        Answer.json(
                ctx,
                200,
                new JsonObject()
                        .put("name", name.get())
                        .put("username", username)
                        .put("profile_pic", "https://lookaside.example/pic")
                        .put("follower_count", 120)
                        .put("is_user_follow_business", true)
                        .put("is_business_follow_user", false)
                        .put("is_verified_user", false)
                        .put("id", igsid));
    }

    private void media(RoutingContext ctx) {
        chats.shelf()
                .find(ctx.pathParam("key"))
                .ifPresentOrElse(
                        file -> Answer.bytes(ctx, 200, file.mimetype(), Buffer.buffer(file.content())),
                        () -> Answer.text(ctx, 404, "URL signature expired"));
    }

    /** With {@code verify}, the address must first answer the challenge, as Meta demands of every callback. */
    private void subscribe(RoutingContext ctx) {
        JsonObject asked = RequestBody.of(ctx).json();
        String url = asked.getString("url", "");
        if (!url.matches("https?://\\S+")) {
            Answer.refuse(ctx, 400, "url is missing");
        } else if (asked.getBoolean("verify", false)) {
            announce.verify(url)
                    .onSuccess(verified -> subscribeIf(verified, ctx, asked))
                    .onFailure(unreachable -> subscribeIf(false, ctx, asked));
        } else {
            subscribeIf(true, ctx, asked);
        }
    }

    private void subscribeIf(boolean verified, RoutingContext ctx, JsonObject asked) {
        if (verified) {
            accounts.subscribe(asked);
            Answer.json(ctx, 200, accounts.view());
        } else {
            Answer.refuse(ctx, 400, "the callback did not answer the challenge");
        }
    }
}
