package io.centurions.platform.storage;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/**
 * As what a browser is given an object.
 *
 * @param name under which a person would save it; whatever it holds, it stays a name
 * @param type as {@code image/png}; found out by us, not told by whoever sent it
 */
public record Download(String name, String type) {

    /**
     * Shown where they are met; everything else is saved, so that nothing of a user's runs in a page of ours.
     */
    private static final Set<String> SHOWN = Set.of(
            "image/png", "image/jpeg", "image/gif", "image/webp", "audio/ogg", "audio/mpeg", "audio/mp4", "video/mp4");

    public Download {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    /**
     * The value of {@code Content-Disposition}: RFC 6266, plain ASCII for old readers, the whole name beside
     * it.
     */
    public String disposition() {
        String ascii = name.replaceAll("[^A-Za-z0-9._ -]", "_");
        String whole = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return (SHOWN.contains(type) ? "inline" : "attachment") + "; filename=\"" + ascii + "\"; filename*=UTF-8''"
                + whole;
    }
}
