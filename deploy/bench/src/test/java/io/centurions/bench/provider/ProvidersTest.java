package io.centurions.bench.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProvidersTest {

    private final int port = freePort();
    private final Providers providers = new Providers(port);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void end() {
        client.close();
        providers.close();
    }

    @Test
    void what_the_model_answers_is_known_again_when_it_is_sent() throws Exception {
        String reply = post("/openai/v1/chat/completions", "[#1] Oi " + Arrivals.mark(7));

        assertThat(Arrivals.numberIn(reply)).isEqualTo(7);
        assertThat(providers.arrivals().first()).containsOnlyKeys(7L);
        assertThat(providers.sent().first()).isEmpty();

        post("/evolution/message/sendText/bench", "{\"number\":\"551199\",\"text\":\"Oi! " + Arrivals.mark(7) + "\"}");

        assertThat(providers.sent().first()).containsOnlyKeys(7L);
        assertThat(providers.sent().first().get(7L))
                .isGreaterThanOrEqualTo(providers.arrivals().first().get(7L));
    }

    @Test
    void typing_is_no_message_and_an_unmarked_question_gets_an_unmarked_reply() throws Exception {
        post("/evolution/chat/sendPresence/bench", "{\"number\":\"551199\",\"presence\":\"" + Arrivals.mark(8) + "\"}");
        assertThat(Arrivals.numberIn(post("/openai/v1/chat/completions", "Oi"))).isEqualTo(-1);

        assertThat(providers.sent().first()).isEmpty();
        assertThat(providers.arrivals().first()).isEmpty();
    }

    private String post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }
}
