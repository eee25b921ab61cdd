package io.centurions.sandbox.phone;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Files shown on the telephone, the newest two hundred. */
public final class MediaShelf {

    private static final int KEPT = 200;

    private final Map<String, Media> files = new LinkedHashMap<>();

    /** Keeps the file and answers how the page shows it. A file without bytes is only named. */
    JsonObject put(Media media) {
        JsonObject shown = new JsonObject().put("mimetype", media.mimetype()).put("fileName", media.fileName());
        if (media.content().length > 0) {
            shown.put("url", "/phone/media/" + keep(media));
        }
        return shown;
    }

    /** Keeps the file under a fresh key. */
    public String keep(Media media) {
        String key = UUID.randomUUID().toString();
        files.put(key, media);
        if (files.size() > KEPT) {
            files.remove(files.keySet().iterator().next());
        }
        return key;
    }

    public Optional<Media> find(String key) {
        return Optional.ofNullable(files.get(key));
    }
}
