package io.centurions.autentique.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While others have all the room of large bodies. The signature is over the body, so all of them are read before they are refused. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class LargeWebhooksIT {

    private static final int LARGE = 264_000;
    private static final int LARGEST_SMALL = 256 * 1024;
    private static final String GO_ON = "HTTP/1.1 100 Continue\r\n\r\n";

    @TestHTTPResource
    URI self;

    private final List<Socket> others = new ArrayList<>();

    @BeforeEach
    void take_all_the_room() throws IOException {
        String heard;
        do {
            others.add(posting("Content-Length: " + LARGE + "\r\nExpect: 100-continue"));
            heard = read(others.getLast(), GO_ON.length());
        } while (heard.equals(GO_ON));
        assertThat(heard).startsWith("HTTP/1.1 503 ");
    }

    @AfterEach
    void leave() throws IOException {
        for (Socket other : others) {
            other.close();
        }
    }

    @Test
    void what_comes_without_a_length_is_large_only_once_it_is() throws IOException {
        assertThat(statusOfChunked(1)).isEqualTo("HTTP/1.1 401");
        assertThat(statusOfChunked(LARGEST_SMALL)).isEqualTo("HTTP/1.1 401");
        assertThat(statusOfChunked(LARGEST_SMALL + 1)).isEqualTo("HTTP/1.1 503");
    }

    private String statusOfChunked(int bytes) throws IOException {
        try (Socket socket = posting("Transfer-Encoding: chunked")) {
            socket.getOutputStream()
                    .write((Integer.toHexString(bytes) + "\r\n" + " ".repeat(bytes) + "\r\n0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return read(socket, "HTTP/1.1 401".length());
        }
    }

    private static String read(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
    }

    private Socket posting(String headers) throws IOException {
        var socket = new Socket(self.getHost(), self.getPort());
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write(
                        ("POST /webhooks/autentique/default HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                        + headers + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
