package io.centurions.sandbox.telegram;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** getFile: from a file's id to the path under which it is downloaded. */
final class FileMethods {

    void get(RoutingContext ctx, Bot bot) {
        Optional<Bot.BotFile> file = bot.file(Asked.in(ctx).text("file_id"));
        if (file.isEmpty()) {
            TelegramSimulator.refuse(ctx, 400, "Bad Request: invalid file_id");
        } else if (file.get().isTooBig()) {
            TelegramSimulator.refuse(ctx, 400, "Bad Request: file is too big");
        } else {
            TelegramSimulator.ok(
                    ctx,
                    new JsonObject()
                            .put("file_id", file.get().id())
                            .put("file_unique_id", "u" + file.get().id().substring(3, 15))
                            .put("file_size", file.get().media().content().length)
                            .put("file_path", file.get().path()));
        }
    }
}
