package io.centurions.chaos.world;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.chaos.judge.ChatKey;
import io.centurions.chaos.judge.Stalls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The simulated world: telephones, the providers' panels, and the faults that can be put in the fleet's way. */
public final class Sandbox {

    private static final int PAGE = 60;

    private final Http http;

    public Sandbox(String address) {
        this.http = new Http(address, Map.of());
    }

    String ownersToken() {
        return http.postForm(
                        "/oidc/token",
                        "grant_type=password&client_id=backoffice-web&username=owner%40centurions.test&password=owner")
                .path("access_token")
                .asText();
    }

    /** Bubbles of the simulated model say from now on which call made them and what they answer. */
    public void markBubbles() {
        http.post("/openai/_sandbox/behaviour", Map.of("marks", true));
    }

    /** Webhooks of every provider come twice, late and out of order now and then. */
    public void spoilWebhooks() {
        http.post("/webhooks/mischief", Map.of("twice", 0.05, "late", 0.05, "latestMs", 1_500));
    }

    /** Gives the fault's id. */
    public long fault(Map<String, Object> fault) {
        return http.post("/faults", fault).path("id").asLong();
    }

    /** Ends a fault; how many calls it met. */
    public long endFault(long id) {
        return http.delete("/faults/" + id).path("hits").asLong();
    }

    public void endFaults() {
        http.delete("/faults");
    }

    public void write(ChatKey chat, Map<String, Object> message) {
        http.post("/phone/" + chat.channel() + "/" + chat.account() + "/messages", message);
    }

    /** All messages of a chat as the lead sees them. */
    public List<JsonNode> chat(ChatKey chat) {
        return list(http.get("/phone/" + chat.channel() + "/" + chat.account() + "/chats/" + chat.from())
                .path("messages"));
    }

    /** Bubbles that arrived anywhere after the first {@code seen}; the answer's {@code next} goes on from there. */
    public JsonNode received(long seen) {
        return http.get("/phone/received?since=" + seen);
    }

    public void sign(String document) {
        http.post("/autentique/documents/" + document + "/sign", Map.of());
    }

    /** Events as Meta counts them, of all datasets. */
    public List<JsonNode> atMeta() {
        return list(http.get("/meta/_sandbox/events"));
    }

    /** The names of all documents at the signature provider. */
    public List<String> documents() {
        List<String> names = new ArrayList<>();
        int page = 1;
        int read;
        do {
            JsonNode answer = http.with("Authorization", "Bearer sandbox-autentique-token")
                    .post(
                            "/autentique/v2/graphql",
                            Map.of(
                                    "query",
                                    "query { documents(limit: " + PAGE + ", page: " + page
                                            + ") { total data { id name } } }"));
            List<JsonNode> found = list(answer.path("data").path("documents").path("data"));
            found.forEach(document -> names.add(document.path("name").asText()));
            read = found.size();
            page++;
        } while (read == PAGE);
        return names;
    }

    /** When it did nothing itself. */
    public Stalls stalls() {
        return new Stalls(list(http.get("/stalls")).stream()
                .map(stall -> new Stalls.Stall(
                        Instant.parse(stall.path("from").asText()),
                        Instant.parse(stall.path("until").asText())))
                .toList());
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
