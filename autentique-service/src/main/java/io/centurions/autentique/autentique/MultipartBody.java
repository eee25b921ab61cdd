package io.centurions.autentique.autentique;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A body of named parts, as the GraphQL upload convention wants it: operations, map, then the file. */
final class MultipartBody {

    private final String boundary = "centurions-" + UUID.randomUUID();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    MultipartBody json(String name, String value) {
        return part(name, "", "application/json; charset=UTF-8", value.getBytes(StandardCharsets.UTF_8));
    }

    MultipartBody pdf(String name, String filename, byte[] bytes) {
        return part(name, "; filename=\"" + filename + "\"", "application/pdf", bytes);
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    byte[] bytes() {
        out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private MultipartBody part(String name, String filename, String contentType, byte[] value) {
        out.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"" + filename
                        + "\r\nContent-Type: " + contentType + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.writeBytes(value);
        out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        return this;
    }
}
