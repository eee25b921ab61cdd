package io.centurions.backoffice.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.backoffice.security.Endpoints.Endpoint;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class BodyLimitsIT {

    private static final int TOO_MUCH = 1_200_000;
    private static final int PIECE = 0x10000;
    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final String END = "0\r\n\r\n";

    @TestHTTPResource
    URI self;

    private final String token = Api.token("super_admin", null);

    @Test
    void no_endpoint_takes_an_announced_body_beyond_its_limit() throws IOException {
        List<String> taken = new ArrayList<>();

        for (Endpoint endpoint : taking()) {
            String status = announced(endpoint);
            if (!status.contains(" 413 ")) {
                taken.add(endpoint.name() + ": " + status);
            }
        }

        assertThat(taken).isEmpty();
    }

    @Test
    void no_endpoint_takes_a_body_beyond_its_limit_whose_length_nobody_said() throws IOException {
        List<String> taken = new ArrayList<>();

        for (Endpoint endpoint : taking()) {
            String status = chunked(endpoint);
            if (!status.contains(" 413 ")) {
                taken.add(endpoint.name() + ": " + status);
            }
        }

        assertThat(taken).isEmpty();
    }

    @Test
    void a_body_that_never_ends_is_refused_at_its_limit_and_its_connection_is_ended() throws IOException {
        String slug = Api.unique("enorme");
        try (Socket socket = socket()) {
            OutputStream out = socket.getOutputStream();
            out.write(head("POST", "/v1/companies", CHUNKED));
            out.write(chunk("{\"slug\":\"" + slug + "\",\"name\":\""));
            pieces(out, TOO_MUCH);

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer)
                    .startsWith("HTTP/1.1 413 ")
                    .containsIgnoringCase("\r\nconnection: close\r\n")
                    .contains("urn:centurions:problem:too-large");
        }
        assertThat(Admin.get().count("SELECT count(*) FROM core.companies WHERE slug = ?", slug))
                .isZero();
    }

    @Test
    void who_has_said_all_of_it_before_they_listen_hears_the_refusal() throws IOException {
        for (String length : List.of("Content-Length: " + 8 * TOO_MUCH, CHUNKED)) {
            try (Socket socket = socket()) {
                OutputStream out = socket.getOutputStream();
                out.write(head("POST", "/v1/companies", length));
                if (length.equals(CHUNKED)) {
                    out.write(chunk("{\"name\":\""));
                    pieces(out, 8 * TOO_MUCH);
                    out.write(ascii(END));
                } else {
                    out.write(new byte[8 * TOO_MUCH]);
                }

                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .as(length)
                        .startsWith("HTTP/1.1 413 ");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 20", "true, 600000", "false, 20", "false, 600000"})
    void a_body_within_the_limit_leaves_its_connection_open_for_the_next(boolean announced, int length)
            throws IOException {
        byte[] body = ascii("{\"noSuchField\":\"" + "x".repeat(length) + "\"}");
        try (Socket socket = socket()) {
            for (int request = 0; request < 3; request++) {
                OutputStream out = socket.getOutputStream();
                out.write(head("POST", "/v1/companies", announced ? "Content-Length: " + body.length : CHUNKED));
                out.write(announced ? body : chunked(body));

                assertThat(answer(socket))
                        .startsWith("HTTP/1.1 400 ")
                        .contains("urn:centurions:problem:invalid")
                        .doesNotContainIgnoringCase("\r\nconnection: close");
            }
        }
    }

    // Files are counted by what receives them.
    private static List<Endpoint> taking() {
        return Endpoints.all().stream()
                .filter(endpoint -> endpoint.takesBody() && !endpoint.path().endsWith("/files"))
                .toList();
    }

    // Nothing of it is sent: who announces too much is not waited for.
    private String announced(Endpoint endpoint) throws IOException {
        try (Socket socket = socket()) {
            socket.getOutputStream().write(head(endpoint.method(), named(endpoint), "Content-Length: " + TOO_MUCH));
            return answer(socket);
        }
    }

    // Blanks, which are the beginning of every JSON; it does not end.
    private String chunked(Endpoint endpoint) throws IOException {
        try (Socket socket = socket()) {
            OutputStream out = socket.getOutputStream();
            out.write(head(endpoint.method(), named(endpoint), CHUNKED));
            out.write(chunk(" "));
            for (int sent = 0; sent < TOO_MUCH; sent += PIECE) {
                out.write(chunk(" ".repeat(PIECE)));
            }
            return answer(socket);
        }
    }

    private static String named(Endpoint endpoint) {
        return endpoint.path().replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
    }

    private Socket socket() throws IOException {
        Socket socket = new Socket(self.getHost(), self.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private byte[] head(String method, String path, String length) {
        return ascii(String.join(
                "\r\n",
                method + " " + path + " HTTP/1.1",
                "Host: localhost",
                "Authorization: Bearer " + token,
                "Content-Type: application/json",
                length,
                "",
                ""));
    }

    private static void pieces(OutputStream out, int bytes) throws IOException {
        byte[] piece = chunk("x".repeat(PIECE));
        for (int sent = 0; sent < bytes; sent += PIECE) {
            out.write(piece);
        }
    }

    private static byte[] chunked(byte[] body) {
        return ascii(
                Integer.toHexString(body.length) + "\r\n" + new String(body, StandardCharsets.US_ASCII) + "\r\n" + END);
    }

    private static byte[] chunk(String text) {
        return ascii(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The next answer of a connection that stays open. */
    private static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int one = in.read();
            if (one < 0) {
                return head + "<end>";
            }
            head.append((char) one);
        }
        int length = Integer.parseInt(head.toString().replaceAll("(?is).*\r\ncontent-length: *(\\d+).*", "$1"));
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
