package io.centurions.evolution.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * A webhook's bytes; of a large one without the files that came along, which are then fetched as if they had not come. Read and kept with
 * it, one would lie in memory seven times, and one of 15 MB is more text than Jackson reads.
 */
final class WithoutFiles {

    /** Bytes of a webhook that may bring its file along: a voice message of some minutes, a picture. */
    static final int LARGE = 1024 * 1024;

    // Escaped, half a surrogate pair can be written, too.
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final TokenFilter NO_FILES = new TokenFilter() {
        @Override
        public TokenFilter includeProperty(String name) {
            return name.equals("base64") ? null : this;
        }

        @Override
        public boolean includeEmptyObject(boolean contentsFiltered) {
            return true;
        }

        @Override
        public boolean includeEmptyArray(boolean contentsFiltered) {
            return true;
        }
    };

    private WithoutFiles() {}

    /** The very same bytes where they are few, or no JSON. */
    static byte[] of(byte[] body) {
        return body.length <= LARGE ? body : without(body);
    }

    private static byte[] without(byte[] body) {
        var kept = new ByteArrayOutputStream();
        try (JsonParser all = JSON.createParser(body);
                JsonParser wanted = new FilteringParserDelegate(all, NO_FILES, Inclusion.INCLUDE_ALL_AND_PATH, true);
                JsonGenerator copy = JSON.createGenerator(kept)) {
            while (wanted.nextToken() != null) {
                copy.copyCurrentEventExact(wanted);
            }
        } catch (JsonProcessingException unreadable) {
            return body;
        } catch (IOException e) {
            throw new IllegalStateException("copying bytes in memory failed", e);
        }
        return kept.toByteArray();
    }
}
