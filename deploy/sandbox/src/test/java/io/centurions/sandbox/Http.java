package io.centurions.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Calls the sandbox as any client would. */
public final class Http {

    /** An answer, read as text. */
    public record Answer(int status, String text, java.net.http.HttpHeaders headers) {

        public JsonObject json() {
            return new JsonObject(text);
        }

        public JsonArray list() {
            return new JsonArray(text);
        }
    }

    // Not 2: the upgrade to it can meet the answer half way, which is then taken for a frame.
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    public Http(String base) {
        this.base = base;
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    public Answer post(String path, JsonObject body, String... headers) {
        return send("POST", path, body.encode().getBytes(StandardCharsets.UTF_8), headers);
    }

    public Answer form(String path, Map<String, String> fields, String... headers) {
        StringBuilder form = new StringBuilder();
        fields.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(java.net.URLEncoder.encode(value, StandardCharsets.UTF_8)));
        String[] all = with(headers, "Content-Type", "application/x-www-form-urlencoded");
        return send("POST", path, form.toString().getBytes(StandardCharsets.UTF_8), all);
    }

    /** @param file sent as the part {@code fileField} */
    public Answer multipart(String path, Map<String, String> fields, String fileField, byte[] file, String... headers) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> body.writeBytes(
                ("--XX\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(("--XX\r\nContent-Disposition: form-data; name=\"" + fileField
                        + "\"; filename=\"file.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--XX--\r\n".getBytes(StandardCharsets.UTF_8));
        String[] all = with(headers, "Content-Type", "multipart/form-data; boundary=XX");
        return send("POST", path, body.toByteArray(), all);
    }

    private static String[] with(String[] headers, String name, String value) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = name;
        all[headers.length + 1] = value;
        return all;
    }

    private Answer send(String method, String path, byte[] body, String... headers) {
        URI address = URI.create(path.startsWith("http") ? path : base + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (body != null && !java.util.Arrays.asList(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<String> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.body(), response.headers());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
