package io.centurions.evolution.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.evolution.evolution.IntakeItem.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who a message is from or to. WhatsApp names a person by phone ({@code …@s.whatsapp.net}), by a privacy id ({@code …@lid}) or
 * by both, in fields that changed from version to version.
 *
 * @param phone digits with country code, or null when WhatsApp hides it
 * @param lid   with its suffix, or null
 */
record Chat(String phone, String lid) {

    private static final String PHONE_SUFFIX = "@s.whatsapp.net";
    private static final String OLD_PHONE_SUFFIX = "@c.us";
    private static final String LID_SUFFIX = "@lid";
    // Each version has its own pair; the first of a kind that is there counts.
    private static final List<String> NAMES = List.of("remoteJid", "remoteJidAlt", "previousRemoteJid");
    private static final List<String> SENDER_NAMES = List.of("senderPn", "senderLid");
    private static final Pattern NUMBER = Pattern.compile("\\d{5,20}");
    private static final Pattern DEVICE = Pattern.compile(":\\d+(?=@)");

    static Chat of(JsonNode key) {
        // On what we wrote ourselves the sender is our own account.
        boolean fromMe = key.path("fromMe").asBoolean(false);
        List<String> jids = Stream.concat(NAMES.stream(), fromMe ? Stream.empty() : SENDER_NAMES.stream())
                .map(name -> Wire.text(key.path(name)))
                .flatMap(Stream::ofNullable)
                .map(Chat::withoutDevice)
                .toList();
        return new Chat(first(jids, Chat::phoneOf), first(jids, jid -> jid.endsWith(LID_SUFFIX) ? jid : null));
    }

    static Chat of(String jid) {
        String plain = withoutDevice(jid);
        return new Chat(phoneOf(plain), plain.endsWith(LID_SUFFIX) ? plain : null);
    }

    /**
     * What to make of a message that is not one of a person's: no conversation of ours, or nothing that we understand. Null when it is
     * one person's.
     *
     * @param id  the message's, null where none is told
     * @param jid whose it is, null where none is told
     */
    static Reading notOnePersons(String id, String jid) {
        Reading address = notOnePersons(jid);
        return id == null && !(address instanceof Reading.Ignored) ? new Reading.NotUnderstood("no_id") : address;
    }

    /** {@link #notOnePersons(String, String)} of what needs no id. */
    static Reading notOnePersons(String jid) {
        if (jid == null) {
            return new Reading.NotUnderstood("no_address");
        }
        String others = othersAt(jid);
        if (others != null) {
            return new Reading.Ignored(others);
        }
        Chat chat = of(jid);
        return chat.phone == null && chat.lid == null ? new Reading.NotUnderstood("unknown_address") : null;
    }

    private static String othersAt(String jid) {
        return switch (jid.substring(jid.indexOf('@') + 1)) {
            case "g.us" -> "group";
            case "newsletter" -> "newsletter";
            case "broadcast" -> jid.equals("status@broadcast") ? "status_broadcast" : "broadcast";
            // WhatsApp's own assistant, and its announcements.
            case "bot" -> "bot";
            case "s.whatsapp.net", "c.us" -> jid.startsWith("0@") ? "announcement" : null;
            default -> null;
        };
    }

    /** Where an answer goes: the phone where we know it, as every version and integration takes that; else the privacy id. */
    String ref() {
        return phone != null ? phone : lid;
    }

    List<Identity> identities() {
        List<Identity> identities = new ArrayList<>(3);
        if (phone != null) {
            identities.add(new Identity("phone", phone));
            identities.add(new Identity("jid", phone + PHONE_SUFFIX));
        }
        if (lid != null) {
            identities.add(new Identity("lid", lid));
        }
        return identities;
    }

    /** Whether both may be the same person: same privacy id, or same phone with or without Brazil's ninth digit. */
    boolean meets(Chat other) {
        boolean lids = lid != null && lid.equals(other.lid);
        return lids || (phone != null && other.phone != null && sameNumber(phone, other.phone));
    }

    private static boolean sameNumber(String one, String two) {
        return one.equals(two) || withoutNinth(one).equals(withoutNinth(two));
    }

    private static String withoutNinth(String phone) {
        return phone.length() == 13 && phone.startsWith("55") && phone.charAt(4) == '9'
                ? phone.substring(0, 4) + phone.substring(5)
                : phone;
    }

    private static String phoneOf(String jid) {
        if (jid.endsWith(PHONE_SUFFIX) || jid.endsWith(OLD_PHONE_SUFFIX)) {
            return digits(jid.substring(0, jid.indexOf('@')));
        }
        // The integration without WhatsApp names people by the bare number.
        return jid.indexOf('@') < 0 ? digits(jid) : null;
    }

    private static String digits(String text) {
        return NUMBER.matcher(text).matches() ? text : null;
    }

    private static String withoutDevice(String jid) {
        return DEVICE.matcher(jid).replaceFirst("");
    }

    private static String first(List<String> jids, java.util.function.UnaryOperator<String> take) {
        return jids.stream()
                .map(take)
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
    }
}
