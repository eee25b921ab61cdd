package io.centurions.evolution.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.evolution.OwnAddress;
import io.centurions.evolution.TestInstance;
import io.centurions.evolution.evolution.WebhookRegistration;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders of large bodies who go away: what room they had is there for others again, all of it and no more. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@QuarkusTestResource(OwnAddress.class)
@TestProfile(UnfinishedWebhookIT.Impatient.class)
class UnfinishedWebhookIT {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int LARGE = 264_000;
    private static final int MANY = 30;
    private static final String GO_ON = "HTTP/1.1 100 Continue\r\n\r\n";

    @TestHTTPResource
    URI self;

    private TestInstance instance;
    private String secret;
    private int fitting;

    /** So that it can be told from what goes at once, and need not be waited for too long. */
    public static class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("webhooks.large-body-within", PATIENCE.toString());
        }
    }

    @BeforeEach
    void count() throws IOException {
        instance = TestInstance.connected("unfinished");
        secret = WebhookRegistration.SECRET_HEADER + ": " + instance.secret() + "\r\n";
        fitting = fillAndLeave();
        assertThat(fitting).isPositive();
    }

    @AfterEach
    void allIsThereAgain() {
        await("all of the room").atMost(PATIENCE.dividedBy(2)).until(this::fillAndLeave, fits -> fits == fitting);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000, LARGE - 1, LARGE})
    void whoever_goes_away_leaves_their_room_to_others(int said) throws IOException {
        for (int sender = 0; sender < MANY; sender++) {
            try (Socket socket = announced(secret)) {
                socket.getOutputStream().write(" ".repeat(said).getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    @Test
    void whoever_says_nothing_more_is_hung_up_on() throws IOException {
        List<Socket> senders = new ArrayList<>();
        for (int sender = 0; sender < fitting; sender++) {
            // Room that was given back a moment ago may not be there yet.
            senders.add(await().until(this::letIn, Objects::nonNull));
            senders.getLast().getOutputStream().write('{');
        }

        for (Socket sender : senders) {
            assertThat(sender.getInputStream().readAllBytes()).isEmpty();
            sender.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X-Centurions-Webhook-Secret: of nobody\r\n", "X-Centurions-Webhook-Secret: \r\n"})
    void strangers_are_answered_at_once_and_have_no_room(String header) throws IOException {
        List<Socket> strangers = new ArrayList<>();
        for (int stranger = 0; stranger < MANY; stranger++) {
            Socket sender = announced("Expect: 100-continue\r\n" + header);
            strangers.add(sender);
            assertThat(statusOf(sender)).isEqualTo("HTTP/1.1 401 ");
        }

        assertThat(fillAndLeave()).isEqualTo(fitting);
        for (Socket stranger : strangers) {
            stranger.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 200", "262144, 200", "262145, 503"})
    void what_comes_without_a_length_is_large_only_once_it_is(int bytes, int status) throws IOException {
        List<Socket> senders = new ArrayList<>();
        for (int sender = 0; sender < fitting; sender++) {
            senders.add(await().until(this::letIn, Objects::nonNull));
        }

        try (Socket chunked = posting("Transfer-Encoding: chunked\r\n" + secret)) {
            chunked.getOutputStream()
                    .write((Integer.toHexString(bytes) + "\r\n" + " ".repeat(bytes) + "\r\n0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(statusOf(chunked)).isEqualTo("HTTP/1.1 " + status + " ");
        }

        for (Socket sender : senders) {
            sender.close();
        }
    }

    private static String statusOf(Socket answered) throws IOException {
        return new String(answered.getInputStream().readNBytes(13), StandardCharsets.US_ASCII);
    }

    private int fillAndLeave() throws IOException {
        List<Socket> senders = new ArrayList<>();
        Socket sender;
        while ((sender = letIn()) != null) {
            senders.add(sender);
        }
        for (Socket leaving : senders) {
            leaving.close();
        }
        return senders.size();
    }

    /** Whoever may go on has room; null where there is none. */
    private Socket letIn() throws IOException {
        Socket sender = announced(secret + "Expect: 100-continue\r\n");
        String heard = new String(sender.getInputStream().readNBytes(GO_ON.length()), StandardCharsets.US_ASCII);
        if (heard.equals(GO_ON)) {
            return sender;
        }
        sender.close();
        assertThat(heard).startsWith("HTTP/1.1 503 ");
        return null;
    }

    private Socket announced(String header) throws IOException {
        return posting(header + "Content-Length: " + LARGE + "\r\n");
    }

    private Socket posting(String headers) throws IOException {
        var socket = new Socket(self.getHost(), self.getPort());
        socket.setSoTimeout(2 * (int) PATIENCE.toMillis());
        socket.getOutputStream()
                .write(("POST " + path() + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + headers + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private String path() {
        return "/webhooks/evolution/" + instance.id();
    }
}
