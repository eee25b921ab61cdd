package io.centurions.runtime.deliver.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.platform.providers.Exchange;
import io.centurions.platform.providers.Provider;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.providers.Request;
import io.centurions.platform.providers.RetryAfter;
import io.centurions.runtime.think.NotNow;
import io.centurions.runtime.understand.Download;
import io.centurions.runtime.understand.MediaPatience;
import io.centurions.runtime.understand.TooLong;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One call of the Bot API. The token is part of every address, so no address is ever logged or put into a message.
 */
@ApplicationScoped
public class TelegramClient {

    private static final Duration FILE_LIMIT = Duration.ofSeconds(15);

    private static final Set<String> LOOKS = Set.of("getMe", "getWebhookInfo", "getFile");
    private static final String POLL = "getUpdates";

    /**
     * How long one answer keeps the whole bot silent. Telegram limits a chat (a message a second) and a bot (thirty) and does not say
     * which of them it means, so its known clients hold back all calls of the bot (python-telegram-bot's {@code AIORateLimiter}, which
     * calls that stricter than need be). So do we, but no longer than this: one chat that is limited for minutes must not silence the
     * others, and a bot that is limited for minutes is found out again by one burst a minute. What was refused waits as it was told.
     */
    private static final Duration SILENT_MOST = Duration.ofMinutes(1);

    private final TelegramConfig config;
    private final ObjectMapper json;
    private final Provider calls;
    private final Provider polls;
    private final Provider files;

    TelegramClient(TelegramConfig config, ObjectMapper json, Providers providers) {
        this.config = config;
        this.json = json;
        // Polls are held open and files are long: neither takes a place from a message.
        this.calls = providers.named("telegram");
        this.polls = providers.named("telegram-updates");
        this.files = providers.named("telegram-files");
    }

    public TelegramAnswer call(Bot bot, String method, ObjectNode body) {
        return call(bot, method, body, config.callTimeout());
    }

    /** What only looks is repeated after a failure while its limit allows; nothing else is. */
    public TelegramAnswer call(Bot bot, String method, ObjectNode body, Duration limit) {
        return call(bot, method, body, limit, limit);
    }

    private TelegramAnswer call(Bot bot, String method, ObjectNode body, Duration limit, Duration patience) {
        HttpRequest posting = HttpRequest.newBuilder(URI.create(base() + "/bot" + bot.token() + "/" + method))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        Request request = Request.of(posting, limit).atMost(patience).by(bot, this::silence);
        Provider provider = method.equals(POLL) ? polls : calls;
        return switch (provider.exchange(bot.company(), LOOKS.contains(method) ? request.repeated() : request)) {
            case Exchange.Answered answered -> answer(answered);
            case Exchange.NotSent(String why, Duration after) -> new TelegramAnswer.Silent(false, why, after);
            case Exchange.Lost(String why) -> new TelegramAnswer.Silent(true, why, Duration.ZERO);
        };
    }

    /**
     * The bytes of a file that a lead sent; empty when Telegram does not know it or it is too big for bots.
     *
     * @param most     bytes of it that are taken
     * @param patience for both calls together
     * @throws TooLong when it has more
     * @throws NotNow  when another try may bring them
     */
    public Optional<byte[]> file(Bot bot, String fileId, int most, MediaPatience patience) {
        ObjectNode asked = json.createObjectNode().put("file_id", fileId);
        return switch (call(bot, "getFile", asked, FILE_LIMIT, patience.left())) {
            case TelegramAnswer.Ok(JsonNode file)
            when file.hasNonNull("file_path") ->
                download(bot, file.path("file_path").asText(), most, patience.left());
            case TelegramAnswer.Ok withoutPath -> throw Download.later("no_file_path", Duration.ZERO);
            case TelegramAnswer.No no when no.deniesFile() -> Optional.empty();
            case TelegramAnswer.No no -> throw Download.later("getFile answered " + no.code(), no.retryAfter());
            case TelegramAnswer.Silent silent -> throw Download.later(silent.why(), Duration.ZERO);
        };
    }

    private Optional<byte[]> download(Bot bot, String path, int most, Duration patience) {
        URI address = URI.create(base() + "/file/bot" + bot.token() + "/" + path);
        Request request = Request.of(HttpRequest.newBuilder(address).build(), FILE_LIMIT)
                .atMost(patience)
                .keeping(most)
                .repeated();
        return Download.of(files.exchange(bot.company(), request));
    }

    private TelegramAnswer answer(Exchange.Answered answered) {
        JsonNode body = parse(answered.body());
        if (answered.status() == 200 && body.path("ok").asBoolean() && body.hasNonNull("result")) {
            return new TelegramAnswer.Ok(body.path("result"));
        }
        Duration wait = wait(answered, body);
        return telegrams(body)
                ? new TelegramAnswer.No(
                        body.path("error_code").intValue(),
                        body.path("description").textValue(),
                        wait)
                : new TelegramAnswer.No(answered.status(), "", wait);
    }

    // API gateways answer in JSON as well, and describe what they refuse; but none of them says all three.
    private static boolean telegrams(JsonNode no) {
        return no.path("ok").isBoolean()
                && no.path("error_code").isInt()
                && no.path("description").isTextual();
    }

    private Duration silence(Exchange.Answered answered) {
        if (answered.status() < 400) {
            return Duration.ZERO;
        }
        Duration wait = wait(answered, parse(answered.body()));
        return wait.compareTo(SILENT_MOST) < 0 ? wait : SILENT_MOST;
    }

    private static Duration wait(Exchange.Answered answered, JsonNode body) {
        JsonNode asked = body.path("parameters").path("retry_after");
        return asked.canConvertToLong() ? RetryAfter.capped(Duration.ofSeconds(asked.asLong())) : answered.retryAfter();
    }

    // A gateway in between may answer in HTML or in JSON of its own; the status then tells enough.
    private JsonNode parse(byte[] body) {
        try {
            JsonNode parsed = json.readTree(body);
            return parsed == null ? json.missingNode() : parsed;
        } catch (IOException notJson) {
            return json.missingNode();
        }
    }

    private String base() {
        String url = config.apiUrl().toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
