package io.centurions.sandbox.phone;

import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.Delivery;
import io.centurions.sandbox.wire.RequestBody;
import io.centurions.sandbox.wire.Resource;
import io.centurions.sandbox.wire.StateFile;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The telephone's page and the addresses behind it, which the tests and the story use as well. */
public final class Phone {

    /** A slow fleet must not hold the writer; the page shows how the webhook fares anyway. */
    private static final long LONGEST_WAIT_MS = 2_000;

    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private final Chats chats;
    private final Labels labels;
    private final String page = Resource.text(Phone.class, "phone.html");

    public Phone(Chats chats, List<Channel> channels, StateFile state) {
        this.chats = chats;
        this.labels = new Labels(state);
        channels.forEach(channel -> this.channels.put(channel.name(), channel));
    }

    public void mount(Router router) {
        router.get("/").handler(ctx -> Answer.html(ctx, 200, page));
        router.get("/phone/instances").handler(this::instances);
        router.get("/phone/received").handler(ctx -> orRefuse(ctx, () -> received(ctx)));
        router.get("/phone/media/:key").handler(this::media);
        router.post("/phone/:channel/:instance/label").handler(ctx -> orRefuse(ctx, () -> label(ctx)));
        router.post("/phone/:channel/:instance/messages").handler(ctx -> orRefuse(ctx, () -> write(ctx)));
        router.get("/phone/:channel/:instance/chats/:from").handler(ctx -> orRefuse(ctx, () -> show(ctx)));
    }

    private static void orRefuse(RoutingContext ctx, Runnable act) {
        try {
            act.run();
        } catch (PhoneRefusal refusal) {
            Answer.refuse(ctx, refusal.status(), refusal.getMessage());
        }
    }

    private Channel channel(RoutingContext ctx) {
        Channel channel = channels.get(ctx.pathParam("channel"));
        if (channel == null) {
            throw new PhoneRefusal(404, "the channels are " + channels.keySet());
        }
        return channel;
    }

    private void instances(RoutingContext ctx) {
        JsonArray list = new JsonArray();
        channels.values()
                .forEach(channel -> channel.instances()
                        .forEach(instance -> list.add(new JsonObject()
                                .put("channel", channel.name())
                                .mergeIn(instance)
                                .mergeIn(labels.of(channel.name(), instance.getString("instance"))))));
        Answer.json(ctx, 200, list);
    }

    private void label(RoutingContext ctx) {
        JsonObject asked = RequestBody.of(ctx).json();
        JsonObject label = new JsonObject()
                .put("company", asked.getString("company", ""))
                .put("label", asked.getString("label", ""));
        labels.put(channel(ctx).name(), ctx.pathParam("instance"), label);
        Answer.json(ctx, 200, label);
    }

    private void write(RoutingContext ctx) {
        JsonObject asked = RequestBody.of(ctx).json();
        Object from = asked.getValue("from");
        if (from == null || from.toString().isBlank()) {
            throw new PhoneRefusal(400, "from is missing");
        }
        LeadMessage message = new LeadMessage(ctx.pathParam("instance"), from.toString(), asked);
        if (message.text().isEmpty() && message.media().isEmpty()) {
            throw new PhoneRefusal(400, "write a text or send media");
        }
        Channel channel = channel(ctx);
        Sent sent = channel.write(message);
        chats.of(channel.name(), message.instance(), channel.addressOf(message.from()))
                .wrote(sent.providerMessageId(), message, sent.delivery());
        if (message.answerAtOnce()) {
            answer(ctx, sent);
        } else {
            answerAfterFirstAttempt(ctx, sent);
        }
    }

    private void answerAfterFirstAttempt(RoutingContext ctx, Sent sent) {
        Promise<Delivery> soon = Promise.promise();
        sent.delivery().firstAttempt().onComplete(attempt -> soon.tryComplete(sent.delivery()));
        ctx.vertx().setTimer(LONGEST_WAIT_MS, fired -> soon.tryComplete(sent.delivery()));
        soon.future().onSuccess(delivery -> answer(ctx, sent));
    }

    private static void answer(RoutingContext ctx, Sent sent) {
        Answer.json(
                ctx,
                200,
                new JsonObject()
                        .put("providerMessageId", sent.providerMessageId())
                        .put("webhook", sent.delivery().view()));
    }

    private void received(RoutingContext ctx) {
        String since = ctx.request().getParam("since");
        if (since != null && !since.matches("\\d{1,9}")) {
            throw new PhoneRefusal(400, "since must be a number of an earlier answer");
        }
        Answer.json(ctx, 200, chats.arrivals().after(since == null ? 0 : Integer.parseInt(since)));
    }

    private void show(RoutingContext ctx) {
        Channel channel = channel(ctx);
        String address = channel.addressOf(ctx.pathParam("from"));
        Answer.json(
                ctx,
                200,
                chats.of(channel.name(), ctx.pathParam("instance"), address).view());
    }

    private void media(RoutingContext ctx) {
        chats.shelf()
                .find(ctx.pathParam("key"))
                .ifPresentOrElse(
                        file -> Answer.bytes(ctx, 200, file.mimetype(), Buffer.buffer(file.content())),
                        () -> Answer.refuse(ctx, 404, "no such file"));
    }
}
