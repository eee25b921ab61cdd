package io.centurions.sandbox.wire;

import java.nio.charset.StandardCharsets;

/**
 * One part of a multipart form.
 *
 * @param fileName    null for a plain field
 * @param contentType as the caller declared it, or null
 */
public record Part(String name, String fileName, String contentType, byte[] content) {

    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    public boolean isFile() {
        return fileName != null;
    }
}
