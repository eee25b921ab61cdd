package io.centurions.backoffice.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.platform.problem.Problem;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A lead as a form sent it, in the shape that {@code core.receive_form_lead_v1} takes: the phone with its country
 * code, campaign parameters taken from the page's address where the form did not send them.
 */
final class FormLead {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]+\\.[^@\\s]+");
    private static final int NAME_MAX = 200;
    private static final int TEXT_MAX = 2_000;
    private static final List<String> CAMPAIGN = List.of("source", "medium", "campaign", "content", "term");
    private static final List<String> CLICK = List.of("fbclid", "fbc", "fbp", "gclid", "event_id", "submitted_at");

    private final JsonNode body;
    private final Map<String, String> fieldMap;
    private final Map<String, String> page;
    private final List<Problem.FieldError> errors = new ArrayList<>();

    private FormLead(JsonNode body, Map<String, String> fieldMap) {
        this.body = body;
        this.fieldMap = fieldMap;
        this.page = PageAddress.parameters(read(body, fieldMap, "page_url"));
    }

    /**
     * @param body     the JSON object that was posted
     * @param fieldMap our field to the form's name of it
     * @param locale   of the company
     * @param now      stands in the fbc that is made of an fbclid
     * @throws Problem 400 with each field that is wrong
     */
    static ObjectNode of(JsonNode body, Map<String, String> fieldMap, String locale, Visitor visitor, Instant now) {
        FormLead form = new FormLead(body, fieldMap);
        ObjectNode lead = form.person(locale);
        lead.set("attribution", form.attribution(visitor, now));
        if (!form.errors.isEmpty()) {
            throw Problem.invalid(form.errors);
        }
        return lead;
    }

    private ObjectNode person(String locale) {
        ObjectNode lead = JsonNodeFactory.instance.objectNode();
        String name = field("name");
        String email = field("email");
        String phone = field("phone");
        if (name != null) {
            lead.put("name", name);
            check(name.length() <= NAME_MAX, "name", "longer than " + NAME_MAX + " characters");
        }
        if (email != null) {
            lead.put("email", email.toLowerCase(Locale.ROOT));
            check(email.length() <= 254 && EMAIL.matcher(email).matches(), "email", "is no e-mail address");
        }
        if (phone != null) {
            var digits = PhoneDigits.of(phone, locale);
            check(digits.isPresent(), "phone", "is no telephone number");
            digits.ifPresent(value -> lead.put("phone", "+" + value));
        }
        check(email != null || phone != null, "phone", "phone or email is needed");
        lead.set("consent", consent());
        putIfPresent(lead, "event_id", field("event_id"));
        return lead;
    }

    private ObjectNode attribution(Visitor visitor, Instant now) {
        ObjectNode attribution = JsonNodeFactory.instance.objectNode();
        putIfPresent(attribution, "page_url", field("page_url"));
        for (String name : CLICK) {
            putIfPresent(attribution, name, given(name));
        }
        String fbclid = given("fbclid");
        if (fbclid != null && !attribution.has("fbc")) {
            attribution.put("fbc", "fb.1." + now.toEpochMilli() + "." + fbclid);
        }
        String address = field("client_ip_address");
        putIfPresent(attribution, "client_ip", address != null ? address : visitor.address());
        String agent = field("client_user_agent");
        putIfPresent(attribution, "user_agent", agent != null ? agent : visitor.userAgent());
        ObjectNode utm = JsonNodeFactory.instance.objectNode();
        for (String name : CAMPAIGN) {
            putIfPresent(utm, name, given("utm_" + name));
        }
        if (!utm.isEmpty()) {
            attribution.set("utm", utm);
        }
        return attribution;
    }

    // What the form sent, else what the page's address says.
    private String given(String name) {
        String sent = field(name);
        return sent != null ? sent : kept(page.get(name));
    }

    // True or false; with the words shown, their version and the time where the form sends them.
    private JsonNode consent() {
        String text = field("consent_text");
        String version = field("consent_version");
        if (text == null && version == null) {
            return JsonNodeFactory.instance.booleanNode(consents());
        }
        ObjectNode consent = JsonNodeFactory.instance.objectNode().put("given", consents());
        putIfPresent(consent, "text", text);
        putIfPresent(consent, "version", version);
        // Java knows offsets that PostgreSQL refuses.
        submittedAt().ifPresent(at -> consent.put("at", at.toInstant().toString()));
        return consent;
    }

    private boolean consents() {
        JsonNode consent = body.path(fieldMap.getOrDefault("consent", "consent"));
        return consent.asBoolean(false)
                || List.of("1", "on", "yes", "sim").contains(consent.asText().toLowerCase(Locale.ROOT));
    }

    private Optional<OffsetDateTime> submittedAt() {
        String at = field("submitted_at");
        try {
            // Beyond these years the database keeps no time.
            return Optional.ofNullable(at)
                    .map(OffsetDateTime::parse)
                    .filter(time -> time.getYear() > 0 && time.getYear() < 10_000);
        } catch (DateTimeParseException e) {
            // Forms write their local time in many ways; it stays in the attribution as written.
            return Optional.empty();
        }
    }

    private String field(String name) {
        String value = read(body, fieldMap, name);
        check(value == null || value.length() <= TEXT_MAX, name, "longer than " + TEXT_MAX + " characters");
        return value;
    }

    private void check(boolean holds, String field, String message) {
        if (!holds && errors.stream().noneMatch(error -> error.field().equals(field))) {
            errors.add(new Problem.FieldError(field, message));
        }
    }

    private static String read(JsonNode body, Map<String, String> fieldMap, String name) {
        JsonNode value = body.path(fieldMap.getOrDefault(name, name));
        return text(value.isArray() && !value.isEmpty() ? value.get(0) : value);
    }

    /** As it may be kept; null when nothing was written. */
    static String text(JsonNode value) {
        if (!value.isValueNode() || value.isNull()) {
            return null;
        }
        return kept(value.asText());
    }

    // PostgreSQL keeps no U+0000 and no half of a surrogate pair.
    private static String kept(String written) {
        if (written == null) {
            return null;
        }
        String text = written.replace('\u0000', ' ').replaceAll("\\p{Cs}", "").strip();
        return text.isEmpty() ? null : text;
    }

    private static void putIfPresent(ObjectNode into, String name, String value) {
        if (value != null) {
            into.put(name, value);
        }
    }
}
