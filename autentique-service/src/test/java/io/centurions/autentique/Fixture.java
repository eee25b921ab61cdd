package io.centurions.autentique;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Captured answers and webhooks of Autentique, byte for byte. */
public final class Fixture {

    public static final List<String> WEBHOOKS = List.of(
            "wh-document-created",
            "wh-document-finished",
            "wh-document-updated-nested",
            "wh-signature-accepted",
            "wh-signature-created",
            "wh-signature-delivery-failed",
            "wh-signature-rejected",
            "wh-signature-viewed");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The document that all of them are about. */
    public static final String DOCUMENT =
            json("wh-document-finished").path("event").path("data").path("id").asText();

    private Fixture() {}

    public static byte[] bytes(String name) {
        try (InputStream in =
                Objects.requireNonNull(Fixture.class.getResourceAsStream("/autentique/" + name + ".json"), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode json(String name) {
        try {
            return JSON.readTree(bytes(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of the captured answer. */
    public static byte[] answer(String name) {
        return json(name).path("response").path("body").toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
