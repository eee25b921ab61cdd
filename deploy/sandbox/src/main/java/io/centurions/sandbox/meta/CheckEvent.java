package io.centurions.sandbox.meta;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The contract of one event, as documented by Meta and as observed for messaging events. */
final class CheckEvent {

    private static final Duration OLDEST = Duration.ofDays(7);
    private static final Duration OLDEST_IN_STORE = Duration.ofDays(62);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
    private static final Set<String> SOURCES = Set.of(
            "website",
            "app",
            "phone_call",
            "chat",
            "email",
            "physical_store",
            "system_generated",
            "business_messaging",
            "other");
    private static final Set<String> MESSAGING_NAMES = Set.of(
            "LeadSubmitted",
            "QualifiedLead",
            "Purchase",
            "InitiateCheckout",
            "AddToCart",
            "ViewContent",
            "OrderCreated",
            "OrderShipped",
            "OrderDelivered",
            "OrderCanceled",
            "OrderReturned",
            "CartAbandoned",
            "RatingProvided",
            "ReviewProvided");
    private static final List<String> HASHED = List.of("em", "ph", "fn", "ln", "ct", "st", "zp", "country", "ge", "db");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private CheckEvent() {}

    static Optional<Refusal> check(JsonObject event, Instant now) {
        return name(event)
                .or(() -> time(event, now))
                .or(() -> person(event))
                .or(() -> hashes(event.getJsonObject("user_data")))
                .or(() -> source(event))
                .or(() -> money(event));
    }

    private static Optional<Refusal> name(JsonObject event) {
        return blank(event, "event_name") ? bad(null, "event_name is missing") : Optional.empty();
    }

    private static Optional<Refusal> time(JsonObject event, Instant now) {
        if (!(event.getValue("event_time") instanceof Number seconds)) {
            return bad(null, "event_time must be unix seconds");
        }
        Instant time = Instant.ofEpochSecond(seconds.longValue());
        boolean inStore = "physical_store".equals(event.getString("action_source"));
        if (time.isBefore(now.minus(inStore ? OLDEST_IN_STORE : OLDEST))) {
            return bad(2804003, "Event Timestamp Too Old");
        }
        return time.isAfter(now.plus(CLOCK_SKEW)) ? bad(2804004, "Event Timestamp In The Future") : Optional.empty();
    }

    private static Optional<Refusal> person(JsonObject event) {
        JsonObject userData = event.getValue("user_data") instanceof JsonObject given ? given : new JsonObject();
        return userData.isEmpty() ? bad(2804050, "Missing customer information") : Optional.empty();
    }

    private static Optional<Refusal> hashes(JsonObject userData) {
        for (String field : HASHED) {
            boolean allHashed = values(userData.getValue(field))
                    .allMatch(value ->
                            value instanceof String text && SHA256.matcher(text).matches());
            if (!allHashed) {
                return bad(null, "user_data." + field + " must be SHA-256 in lower-case hex");
            }
        }
        return Optional.empty();
    }

    private static Stream<?> values(Object value) {
        if (value instanceof JsonArray list) {
            return list.stream();
        }
        return Stream.ofNullable(value);
    }

    private static Optional<Refusal> source(JsonObject event) {
        String source = event.getString("action_source", "");
        return switch (source) {
            case "website" -> website(event);
            case "business_messaging" -> messaging(event);
            default -> SOURCES.contains(source) ? Optional.empty() : bad(null, "action_source is not known");
        };
    }

    private static Optional<Refusal> website(JsonObject event) {
        if (blank(event, "event_source_url")) {
            return bad(null, "a website event needs event_source_url");
        }
        return blank(event.getJsonObject("user_data"), "client_user_agent")
                ? bad(null, "a website event needs user_data.client_user_agent")
                : Optional.empty();
    }

    private static Optional<Refusal> messaging(JsonObject event) {
        if (!MESSAGING_NAMES.contains(event.getString("event_name"))) {
            return bad(2804066, "Invalid event name for messaging event");
        }
        if (blank(event, "messaging_channel")) {
            return bad(null, "a messaging event needs messaging_channel");
        }
        JsonObject userData = event.getJsonObject("user_data");
        boolean fromWhatsapp = event.getString("messaging_channel").equals("whatsapp");
        if (fromWhatsapp && blank(userData, "ctwa_clid")) {
            return bad(null, "a WhatsApp event needs user_data.ctwa_clid");
        }
        return blank(userData, "whatsapp_business_account_id") && blank(userData, "page_id")
                ? bad(null, "a messaging event needs whatsapp_business_account_id or page_id")
                : Optional.empty();
    }

    private static Optional<Refusal> money(JsonObject event) {
        if (!"Purchase".equals(event.getString("event_name"))) {
            return Optional.empty();
        }
        JsonObject custom = event.getJsonObject("custom_data", new JsonObject());
        boolean priced = custom.getValue("value") instanceof Number
                && custom.getString("currency", "").matches("[A-Za-z]{3}");
        return priced ? Optional.empty() : bad(null, "a Purchase needs custom_data.value and currency");
    }

    private static boolean blank(JsonObject object, String field) {
        Object value = object.getValue(field);
        return value == null || value.toString().isBlank();
    }

    private static Optional<Refusal> bad(Integer subcode, String title) {
        return Optional.of(Refusal.event(subcode, title));
    }
}
