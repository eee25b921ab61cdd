package io.centurions.runtime.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Captured webhooks, byte for byte. */
public final class Fixture {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Fixture() {}

    /** @param path such as {@code telegram/wh-text.json} */
    public static byte[] bytes(String path) {
        try (InputStream in = Fixture.class.getResourceAsStream("/" + path)) {
            if (in == null) {
                throw new IllegalArgumentException("no fixture " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode json(String path) {
        try {
            return JSON.readTree(bytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
