package io.centurions.sandbox.telegram;

import io.centurions.sandbox.phone.Channel;
import io.centurions.sandbox.phone.Chats;
import io.centurions.sandbox.phone.Media;
import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.Surroundings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The front door: finds the bot of the token and the method of the path, case-insensitively as the real server does. */
public final class TelegramSimulator {

    private final Bots bots;
    private final TelegramChannel channel;
    private final Map<String, BiConsumer<RoutingContext, Bot>> methods = new HashMap<>();

    public TelegramSimulator(Surroundings around, Chats chats) {
        this.bots = new Bots(around.state());
        Updates updates = new Updates(around, bots);
        this.channel = new TelegramChannel(bots, updates);
        WebhookMethods webhook = new WebhookMethods(bots, updates);
        SendMethods send = new SendMethods(around, chats);
        FileMethods files = new FileMethods();
        methods.put("getme", (ctx, bot) -> ok(ctx, bot.self()));
        methods.put("setwebhook", webhook::set);
        methods.put("deletewebhook", webhook::delete);
        methods.put("getwebhookinfo", webhook::describe);
        methods.put("getupdates", updates::poll);
        methods.put("sendmessage", send::text);
        methods.put("sendchataction", send::action);
        for (String kind : new String[] {"photo", "voice", "audio", "video", "document"}) {
            methods.put("send" + kind, (ctx, bot) -> send.media(ctx, bot, kind));
        }
        methods.put("getfile", files::get);
        methods.put("answercallbackquery", (ctx, bot) -> Answer.json(ctx, 200, okTrue()));
    }

    public void mount(Router router) {
        router.routeWithRegex("/telegram/file/bot(?<token>[^/]+)/(?<file>.+)").handler(this::download);
        router.routeWithRegex("/telegram/bot(?<token>[^/]+)/(?<method>\\w+)").handler(this::call);
        router.route("/telegram/*").handler(ctx -> refuse(ctx, 404, "Not Found"));
    }

    private void call(RoutingContext ctx) {
        Optional<Bot> bot = bots.ofToken(ctx.pathParam("token"));
        BiConsumer<RoutingContext, Bot> method =
                methods.get(ctx.pathParam("method").toLowerCase(java.util.Locale.ROOT));
        if (bot.isEmpty()) {
            refuse(ctx, 401, "Unauthorized");
        } else if (method == null) {
            refuse(ctx, 404, "Not Found");
        } else {
            method.accept(ctx, bot.get());
        }
    }

    private void download(RoutingContext ctx) {
        Optional<Media> file = bots.ofToken(ctx.pathParam("token")).flatMap(bot -> bot.fileAt(ctx.pathParam("file")));
        file.ifPresentOrElse(
                found -> Answer.bytes(ctx, 200, "application/octet-stream", Buffer.buffer(found.content())),
                () -> refuse(ctx, 404, "Not Found"));
    }

    public Channel channel() {
        return channel;
    }

    static void ok(RoutingContext ctx, Object result) {
        Answer.json(ctx, 200, new JsonObject().put("ok", true).put("result", result));
    }

    static JsonObject okTrue() {
        return new JsonObject().put("ok", true).put("result", true);
    }

    static void refuse(RoutingContext ctx, int code, String description) {
        Answer.json(
                ctx,
                code,
                new JsonObject().put("ok", false).put("error_code", code).put("description", description));
    }
}
