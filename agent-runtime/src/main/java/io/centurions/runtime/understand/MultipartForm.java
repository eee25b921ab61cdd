package io.centurions.runtime.understand;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A {@code multipart/form-data} body. Its file is sent from where it lies: a large one has no place in memory twice. */
final class MultipartForm {

    private final String boundary;
    private final List<BodyPublisher> body = new ArrayList<>();

    MultipartForm(String boundary) {
        this.boundary = boundary;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    MultipartForm field(String name, String value) {
        write("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
        return this;
    }

    MultipartForm file(String name, String fileName, String mime, byte[] content) {
        write("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + fileName
                + "\"\r\nContent-Type: " + mime + "\r\n\r\n");
        body.add(BodyPublishers.ofByteArray(content));
        write("\r\n");
        return this;
    }

    /** The closed form, of a known length. */
    BodyPublisher body() {
        write("--" + boundary + "--\r\n");
        return BodyPublishers.concat(body.toArray(BodyPublisher[]::new));
    }

    private void write(String text) {
        body.add(BodyPublishers.ofByteArray(text.getBytes(StandardCharsets.UTF_8)));
    }
}
