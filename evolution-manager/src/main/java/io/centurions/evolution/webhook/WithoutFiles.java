package io.centurions.evolution.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A webhook's bytes; of a large one without the files that came along, in whose place {@code null} stands: they are fetched from the
 * server, as those of all webhooks that are registered by us. Read and kept with it, one would lie in memory seven times, and one of 15 MB
 * is more text than Jackson reads.
 */
final class WithoutFiles {

    /** Bytes of a webhook that may bring its file along: a voice message of some minutes, a picture. */
    static final int LARGE = 1024 * 1024;

    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private WithoutFiles() {}

    /** The very same bytes where they are few, bring no file, or are no JSON in UTF-8. */
    static byte[] of(byte[] body) {
        return body.length <= LARGE ? body : without(body);
    }

    // Cut out of the bytes, so that all others stay as they came.
    private static byte[] without(byte[] body) {
        var kept = new ByteArrayOutputStream();
        int from = 0;
        try (JsonParser all = JSON.createParser(body)) {
            for (JsonToken token = all.nextToken(); token != null; token = all.nextToken()) {
                if (token == JsonToken.VALUE_STRING && "base64".equals(all.currentName())) {
                    int quote = (int) all.currentTokenLocation().getByteOffset();
                    if (quote < from || body[quote] != '"') {
                        return body;
                    }
                    kept.write(body, from, quote - from);
                    kept.writeBytes(NULL);
                    from = behind(body, quote);
                }
            }
        } catch (IOException unreadable) {
            return body;
        }
        kept.write(body, from, body.length - from);
        return from == 0 ? body : kept.toByteArray();
    }

    // A text that is not closed makes the parser fail before its bytes are left.
    private static int behind(byte[] body, int quote) {
        int at = quote + 1;
        while (at < body.length && body[at] != '"') {
            at += body[at] == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, body.length);
    }
}
