package io.centurions.bench.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.bench.stage.Company.Instance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UpsertsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instance ONE = new Instance(UUID.randomUUID(), UUID.randomUUID(), "one", "its-secret");
    private static final Instance TWO = new Instance(UUID.randomUUID(), UUID.randomUUID(), "two", "another");

    @Test
    void the_webhook_is_the_captured_one_but_for_who_writes_what_where() throws IOException {
        ObjectNode captured = (ObjectNode) JSON.readTree(Files.readAllBytes(
                Path.of("../../evolution-manager/src/test/resources/evolution/wh-messages-upsert-text-pn.json")));

        ObjectNode made = (ObjectNode) JSON.readTree(Upserts.body("one", new Lead(5), "ID1", "Oi"));

        assertThat(made.path("instance").asText()).isEqualTo("one");
        assertThat(made.at("/data/key/remoteJid").asText()).isEqualTo("5511920000005@s.whatsapp.net");
        assertThat(made.at("/data/key/remoteJidAlt").asText()).isEqualTo("123456720000005@lid");
        assertThat(made.at("/data/key/id").asText()).isEqualTo("ID1");
        assertThat(made.at("/data/message/conversation").asText()).isEqualTo("Oi");
        assertThat(withoutDifferences(made)).isEqualTo(withoutDifferences(captured));
    }

    private static JsonNode withoutDifferences(ObjectNode webhook) {
        webhook.remove("instance");
        ObjectNode data = (ObjectNode) webhook.path("data");
        data.remove("messageTimestamp");
        ((ObjectNode) data.path("key")).remove(List.of("remoteJid", "remoteJidAlt", "id"));
        ((ObjectNode) data.path("message")).remove("conversation");
        return webhook;
    }

    @Test
    void a_request_goes_to_the_leads_own_instance_with_its_secret_and_the_right_length() {
        String request =
                new String(new Upserts(List.of(ONE, TWO)).request(new Lead(3), "X1", "olá"), StandardCharsets.UTF_8);

        String body = request.substring(request.indexOf("\r\n\r\n") + 4);
        assertThat(request)
                .startsWith("POST /webhooks/evolution/" + TWO.id() + " HTTP/1.1\r\n")
                .contains("X-Centurions-Webhook-Secret: another\r\n")
                .contains("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n");
    }

    @Test
    void no_two_messages_have_the_same_id() throws IOException {
        Upserts upserts = new Upserts(List.of(ONE));

        assertThat(upserts.request(new Lead(1), "a")).isNotEqualTo(upserts.request(new Lead(1), "a"));
    }
}
