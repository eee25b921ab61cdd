package io.centurions.bench.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.bench.stage.Company.Instance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Makes whole HTTP requests that tell of a lead's message. A lead always writes to the same instance. */
public final class Upserts {

    private static final String INSTANCE = "@instance@";
    private static final String PHONE = "@phone@";
    private static final String LID = "@lid@";
    private static final String ID = "@id@";
    private static final String TEXT = "@text@";
    private static final String TEMPLATE = template();

    private final List<Instance> instances;
    private final AtomicLong ids = new AtomicLong(System.currentTimeMillis() << 20);

    public Upserts(List<Instance> instances) {
        this.instances = List.copyOf(instances);
    }

    public Instance instanceOf(Lead lead) {
        return instances.get(lead.number() % instances.size());
    }

    /** A message that was never sent before. The text must need no escaping in JSON. */
    public byte[] request(Lead lead, String text) {
        return request(lead, "3EB0%018X".formatted(ids.incrementAndGet()), text);
    }

    /** A message with an id of one's own. */
    public byte[] request(Lead lead, String id, String text) {
        Instance instance = instanceOf(lead);
        byte[] body = body(instance.name(), lead, id, text);
        byte[] head = ("POST /webhooks/evolution/" + instance.id() + " HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\nUser-Agent: axios/1.7.9\r\nX-Centurions-Webhook-Secret: "
                        + instance.secret() + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    static byte[] body(String instance, Lead lead, String id, String text) {
        return TEMPLATE.replace(INSTANCE, instance)
                .replace(PHONE, lead.phone())
                .replace(LID, lead.lid())
                .replace(ID, id)
                .replace(TEXT, text)
                .getBytes(StandardCharsets.UTF_8);
    }

    // Compact, as the server sends it.
    private static String template() {
        try (InputStream captured = Upserts.class.getResourceAsStream("/messages-upsert.json")) {
            JsonNode whole = new ObjectMapper().readTree(captured);
            ((ObjectNode) whole).put("instance", INSTANCE);
            ObjectNode data = (ObjectNode) whole.path("data");
            data.put("messageTimestamp", Instant.now().getEpochSecond());
            ((ObjectNode) data.path("key"))
                    .put("remoteJid", PHONE + "@s.whatsapp.net")
                    .put("remoteJidAlt", LID + "@lid")
                    .put("id", ID);
            ((ObjectNode) data.path("message")).put("conversation", TEXT);
            return whole.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("the captured webhook cannot be read", e);
        }
    }
}
