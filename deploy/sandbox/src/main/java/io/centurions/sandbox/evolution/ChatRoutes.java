package io.centurions.sandbox.evolution;

import io.centurions.sandbox.phone.Chat;
import io.centurions.sandbox.phone.Chats;
import io.centurions.sandbox.phone.Media;
import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.RequestBody;
import io.centurions.sandbox.wire.Surroundings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/** {@code /chat/*}: presence, read marks, media bytes, number checks and the server's message store. */
final class ChatRoutes {

    private static final Set<String> TYPING = Set.of("composing", "recording");

    private final Surroundings around;
    private final Guard guard;
    private final Chats chats;

    ChatRoutes(Surroundings around, Guard guard, Chats chats) {
        this.around = around;
        this.guard = guard;
        this.chats = chats;
    }

    void mount(Router router) {
        router.post("/evolution/chat/sendPresence/:instance").handler(guard.on(this::presence));
        router.post("/evolution/chat/markMessageAsRead/:instance").handler(guard.on(this::markRead));
        router.post("/evolution/chat/getBase64FromMediaMessage/:instance").handler(guard.on(this::base64));
        router.post("/evolution/chat/whatsappNumbers/:instance").handler(guard.on(this::numbers));
        router.post("/evolution/chat/findMessages/:instance").handler(guard.on(this::findMessages));
    }

    /** Blocks for the asked delay, as the real server does. */
    private void presence(RoutingContext ctx, Instance instance) {
        JsonObject asked = RequestBody.of(ctx).json();
        String presence = asked.getString("presence", "");
        if (!(asked.getValue("number") instanceof String number) || !(asked.getValue("delay") instanceof Number)) {
            Guard.refuseSchema(ctx, "instance requires property \"delay\"");
            return;
        }
        if (!instance.isOpen()) {
            Guard.refuse(ctx, 500, "Connection Closed");
            return;
        }
        long delay = asked.getLong("delay");
        chat(instance, number).typing(TYPING.contains(presence) ? Math.max(delay, 1_000) : 0);
        around.after(
                around.pace().heldMs(delay), () -> Answer.json(ctx, 201, new JsonObject().put("presence", presence)));
    }

    private void markRead(RoutingContext ctx, Instance instance) {
        JsonArray keys = RequestBody.of(ctx).json().getJsonArray("readMessages", new JsonArray());
        for (int i = 0; i < keys.size(); i++) {
            JsonObject key = keys.getJsonObject(i);
            String jid = key.getString("remoteJid", "");
            // The real server skips privacy ids without a word.
            if (jid.endsWith(Jid.PHONE)) {
                chat(instance, jid).message(key.getString("id", "")).ifPresent(message -> message.reached("read"));
            }
        }
        Answer.json(ctx, 201, new JsonObject().put("message", "Read messages").put("read", "success"));
    }

    private Chat chat(Instance instance, String address) {
        return chats.of(Outgoing.CHANNEL, instance.name(), Jid.phoneOf(address));
    }

    private void base64(RoutingContext ctx, Instance instance) {
        JsonObject message = RequestBody.of(ctx).json().getJsonObject("message", new JsonObject());
        String id = message.getJsonObject("key", new JsonObject()).getString("id", "");
        Optional<Media> media = instance.media(id);
        if (media.isEmpty()) {
            Guard.refuse(ctx, 400, new JsonArray().add("Message not found"));
            return;
        }
        Media file = media.get();
        JsonObject size = new JsonObject().put("fileLength", UpsertShape.longNumber(file.content().length));
        Answer.json(
                ctx,
                201,
                new JsonObject()
                        .put("mediaType", file.kind() + "Message")
                        .put(
                                "fileName",
                                file.kind().equals("document")
                                        ? file.fileName()
                                        : id + Media.extension(file.mimetype()))
                        .put("caption", file.caption() == null ? "" : file.caption())
                        .put("size", size)
                        .put("mimetype", file.mimetype())
                        .put("base64", file.base64())
                        .putNull("buffer"));
    }

    private void numbers(RoutingContext ctx, Instance instance) {
        JsonArray answer = new JsonArray();
        JsonArray numbers = RequestBody.of(ctx).json().getJsonArray("numbers", new JsonArray());
        for (int i = 0; i < numbers.size(); i++) {
            String number = String.valueOf(numbers.getValue(i));
            String phone = Jid.phoneOf(number);
            boolean exists = Jid.isOnWhatsapp(phone);
            JsonObject row = new JsonObject()
                    .put("jid", phone + Jid.PHONE)
                    .put("exists", exists)
                    .put("number", number);
            if (exists) {
                row.put("name", "").put("lid", Jid.lid(phone));
            }
            answer.add(row);
        }
        Answer.json(ctx, 200, answer);
    }

    /** Newest first, as the server's store answers; filtered by the key fields and the time asked for. */
    private void findMessages(RoutingContext ctx, Instance instance) {
        JsonObject asked = RequestBody.of(ctx).json();
        JsonObject where = asked.getJsonObject("where", new JsonObject());
        JsonObject key = where.getJsonObject("key", new JsonObject());
        LongPredicate time = during(where.getJsonObject("messageTimestamp", new JsonObject()));
        List<JsonObject> found = new ArrayList<>();
        for (JsonObject message : instance.messages()) {
            if (time.test(message.getLong("messageTimestamp")) && matches(message.getJsonObject("key"), key)) {
                found.add(message);
            }
        }
        Collections.reverse(found);
        int total = found.size();
        int size = Math.max(1, asked.getInteger("offset", 50));
        int page = Math.max(1, asked.getInteger("page", 1));
        JsonArray records = new JsonArray();
        for (int i = (page - 1) * size; i < Math.min(total, page * size); i++) {
            records.add(found.get(i));
        }
        Answer.json(
                ctx,
                200,
                new JsonObject()
                        .put(
                                "messages",
                                new JsonObject()
                                        .put("total", total)
                                        .put("pages", (total + size - 1) / size)
                                        .put("currentPage", page)
                                        .put("records", records)));
    }

    // As the server does it: in whole seconds, and only where both ends are given.
    private static LongPredicate during(JsonObject asked) {
        Instant from = asked.getInstant("gte");
        Instant until = asked.getInstant("lte");
        return from == null || until == null
                ? any -> true
                : second -> second >= from.getEpochSecond() && second <= until.getEpochSecond();
    }

    private static boolean matches(JsonObject key, JsonObject wanted) {
        return wanted.stream().allMatch(field -> {
            Object actual = key.getValue(field.getKey());
            Object alternative = field.getKey().equals("remoteJid") ? key.getValue("remoteJidAlt") : null;
            return field.getValue() == null
                    || field.getValue().equals(actual)
                    || field.getValue().equals(alternative);
        });
    }
}
