package io.centurions.platform.storage.folder;

import io.centurions.platform.storage.Download;
import io.centurions.platform.storage.ObjectRef;
import io.centurions.platform.storage.StorageUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Addresses of objects that we serve ourselves, signed with HMAC-SHA256: for one method, one company, one
 * object, one name and type, until one moment.
 */
@ApplicationScoped
public class Links {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String METHOD = "GET";
    private static final int KEY_CHARACTERS_MIN = 32;

    private final FolderConfig config;

    Links(FolderConfig config) {
        this.config = config;
    }

    /**
     * What an address says beside the object, as it was presented. Anything may be missing or wrong.
     *
     * @param expires   seconds since the epoch
     * @param signature over all the rest
     */
    public record Ticket(String name, String type, String expires, String signature) {}

    /** What an address is worth. */
    public enum Verdict {
        GOOD,
        /** It was ours, and its time is over. */
        EXPIRED,
        /** Not made by us, or changed since. */
        FORGED
    }

    /** An address that is good until then; parts of a second are cut off. */
    public URI sign(ObjectRef object, Download as, Instant until) {
        String expires = Long.toString(until.getEpochSecond());
        String signature = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac(signingKey(), METHOD, object, as.name(), as.type(), expires));
        return URI.create(base() + "/" + object.key() + "?expires=" + expires + "&type=" + encoded(as.type()) + "&name="
                + encoded(as.name()) + "&signature=" + signature);
    }

    /**
     * Whether whoever presents the ticket may read this object by this method now. Without a key nothing is
     * ours.
     */
    public Verdict check(String method, ObjectRef object, Ticket ticket, Instant now) {
        if (Stream.of(ticket.name(), ticket.type(), ticket.expires(), ticket.signature())
                .anyMatch(part -> part == null)) {
            return Verdict.FORGED;
        }
        byte[] presented = decoded(ticket.signature());
        // Every key is tried, so that the time taken tells nothing.
        long good = config.signingKeys().orElse(List.of()).stream()
                .filter(key -> key.length() >= KEY_CHARACTERS_MIN)
                .filter(key -> MessageDigest.isEqual(
                        presented, mac(key, method, object, ticket.name(), ticket.type(), ticket.expires())))
                .count();
        if (good == 0) {
            return Verdict.FORGED;
        }
        // What was signed was written by us, so it is a number.
        return now.getEpochSecond() < Long.parseLong(ticket.expires()) ? Verdict.GOOD : Verdict.EXPIRED;
    }

    private String base() {
        String address = config.publicAddress().map(URI::toString).orElse("");
        return (address.endsWith("/") ? address.substring(0, address.length() - 1) : address) + config.links();
    }

    private String signingKey() {
        String first =
                config.signingKeys().orElse(List.of()).stream().findFirst().orElse("");
        if (first.length() < KEY_CHARACTERS_MIN) {
            throw new StorageUnavailable(
                    "STORAGE_SIGNING_KEY is not set, or has fewer than " + KEY_CHARACTERS_MIN
                            + " characters: addresses of files cannot be signed",
                    null);
        }
        return first;
    }

    // Each part is encoded, so that no two different tickets make the same text.
    private static byte[] mac(String key, String method, ObjectRef object, String name, String type, String expires) {
        String text = Stream.of("v1", method, object.key(), expires, type, name)
                .map(Links::encoded)
                .collect(Collectors.joining("\n"));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of every JDK", e);
        }
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static byte[] decoded(String signature) {
        try {
            return Base64.getUrlDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
