package io.centurions.backoffice.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.backoffice.security.Endpoints.Endpoint;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class BodyLimitsIT {

    private static final int TOO_MUCH = 1_200_000;

    @TestHTTPResource
    URI self;

    @Test
    void no_endpoint_takes_an_announced_body_beyond_its_limit() throws IOException {
        String token = Api.token("super_admin", null);
        List<String> taken = new ArrayList<>();

        for (Endpoint endpoint : taking()) {
            String status = announced(endpoint, token);
            if (!status.contains(" 413 ")) {
                taken.add(endpoint.name() + ": " + status);
            }
        }

        assertThat(taken).isEmpty();
    }

    // Files are counted by what receives them.
    private static List<Endpoint> taking() {
        return Endpoints.all().stream()
                .filter(endpoint -> endpoint.takesBody() && !endpoint.path().endsWith("/files"))
                .toList();
    }

    // Nothing of it is sent: who announces too much is not waited for.
    private String announced(Endpoint endpoint, String token) throws IOException {
        String path = endpoint.path().replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
        try (Socket socket = socket()) {
            socket.getOutputStream().write(head(endpoint.method(), path, token, "Content-Length: " + TOO_MUCH));
            socket.getOutputStream().flush();
            return firstLine(socket);
        }
    }

    private Socket socket() throws IOException {
        Socket socket = new Socket(self.getHost(), self.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static byte[] head(String method, String path, String token, String length) {
        return String.join(
                        "\r\n",
                        method + " " + path + " HTTP/1.1",
                        "Host: localhost",
                        "Authorization: Bearer " + token,
                        "Content-Type: application/json",
                        length,
                        "",
                        "")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String firstLine(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }
}
