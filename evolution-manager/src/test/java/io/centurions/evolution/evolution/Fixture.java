package io.centurions.evolution.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Captured payloads of the Evolution server, byte for byte as it sent them. */
public final class Fixture {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Fixture() {}

    /** The raw body of a webhook. */
    public static byte[] webhook(String name) {
        return bytes("evolution/wh-" + name + ".json");
    }

    static JsonNode webhookJson(String name) {
        return json(webhook(name));
    }

    /** What the server answered to a recorded call. */
    static Heard.Answered answer(String call) {
        JsonNode response = json(bytes("evolution/calls/req-" + call + ".json")).path("response");
        return new Heard.Answered(response.path("status").asInt(), response.path("body"), java.time.Duration.ZERO);
    }

    static JsonNode json(String text) {
        return json(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = Fixture.class.getClassLoader().getResourceAsStream(resource)) {
            return Objects.requireNonNull(in, resource).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
