package io.centurions.backoffice.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class ConversationIT {

    @Test
    void a_conversation_is_read_page_by_page_oldest_first() {
        var company = Api.aCompany("fala");
        UUID conversation = aConversation(company, 3);
        String path = company.path() + "/conversations/" + conversation + "/messages";

        String cursor = Api.owner()
                .queryParam("limit", 2)
                .get(path)
                .then()
                .statusCode(200)
                .body("items.seq", contains(1, 2))
                .extract()
                .path("nextCursor");

        Api.owner()
                .queryParam("limit", 2)
                .queryParam("cursor", cursor)
                .get(path)
                .then()
                .body("items.seq", contains(3))
                .body("nextCursor", nullValue());
    }

    @Test
    void a_person_takes_a_conversation_once() {
        var company = Api.aCompany("pessoa");
        UUID conversation = aConversation(company, 1);
        String path = company.path() + "/conversations/" + conversation + "/takeover";

        Api.as("ai_supervisor", null)
                .body(Map.of("reason", "cliente pediu"))
                .post(path)
                .then()
                .statusCode(200)
                .body("state", equalTo("human"))
                .body("callsInFlight", equalTo(0));

        Api.owner().post(path).then().statusCode(200);
        assertThat(Admin.get().queryOne("SELECT state, epoch FROM core.conversations WHERE id = ?", conversation))
                .containsEntry("state", "human")
                .containsEntry("epoch", 1L);
        assertThat(Api.events(company)).filteredOn("takeover"::equals).hasSize(1);
        Api.owner()
                .post(company.path() + "/conversations/" + UUID.randomUUID() + "/takeover")
                .then()
                .statusCode(404);
    }

    @Test
    void a_call_that_had_begun_is_told_to_whoever_takes_the_conversation_and_kept() {
        var company = Api.aCompany("chamada");
        UUID conversation = aConversation(company, 1);
        aBubbleBeingSent(company, conversation, 3);
        // Held back and to be called again: nobody's call.
        aBubbleBeingSent(company, conversation, 0);
        String path = company.path() + "/conversations/" + conversation + "/takeover";
        String key = UUID.randomUUID().toString();

        for (boolean again : new boolean[] {false, true}) {
            Api.owner()
                    .header("Idempotency-Key", key)
                    .post(path)
                    .then()
                    .statusCode(200)
                    .header("Idempotent-Replay", again ? equalTo("true") : nullValue())
                    .body("state", equalTo("human"))
                    .body("callsInFlight", equalTo(1));
        }

        Api.owner()
                .get(company.path() + "/audit")
                .then()
                .body("items[0].action", equalTo("conversation.takeover"))
                .body("items[0].after.state", equalTo("human"))
                .body("items[0].after.callsInFlight", equalTo(1));
        Admin.get()
                .execute(
                        "UPDATE core.messages SET status = 'accepted' WHERE conversation_id = ? AND call_fence = 3",
                        conversation);
        Api.owner().header("Idempotency-Key", key).post(path).then().body("callsInFlight", equalTo(0));
    }

    @Test
    void a_person_gives_the_conversation_back_and_whoever_waits_is_answered() {
        var company = Api.aCompany("volta");
        UUID conversation = aConversation(company, 2);
        String path = company.path() + "/conversations/" + conversation;
        Api.owner().post(path + "/takeover").then().statusCode(200);

        Api.as("ai_supervisor", null)
                .body(Map.of("reason", "resolvido"))
                .post(path + "/return")
                .then()
                .statusCode(200)
                .body("conversation", equalTo(conversation.toString()))
                .body("state", equalTo("ai"));

        Api.owner().post(path + "/return").then().statusCode(200).body("state", equalTo("ai"));
        assertThat(Admin.get().queryOne("""
                        SELECT state, epoch, turn_due_at IS NOT NULL AS due FROM core.conversations WHERE id = ?
                        """, conversation))
                .containsEntry("state", "ai")
                .containsEntry("epoch", 2L)
                .containsEntry("due", true);
        assertThat(Api.events(company)).filteredOn("takeover"::equals).hasSize(2);
        Api.owner().get(company.path() + "/audit").then().body("items[0].action", equalTo("conversation.return"));
    }

    @Test
    void a_conversation_that_only_waited_for_a_person_is_kept_as_one_that_waited() {
        var company = Api.aCompany("espera");
        UUID conversation = aConversation(company, 1);
        Admin.get().execute("UPDATE core.conversations SET state = 'waiting_human' WHERE id = ?", conversation);

        Api.owner()
                .post(company.path() + "/conversations/" + conversation + "/return")
                .then()
                .statusCode(200)
                .body("state", equalTo("ai"));

        Api.owner()
                .get(company.path() + "/audit")
                .then()
                .body("items[0].action", equalTo("conversation.return"))
                .body("items[0].before.state", equalTo("waiting_human"))
                .body("items[0].after.state", equalTo("ai"));
    }

    @Test
    void whoever_only_sells_neither_takes_a_conversation_nor_gives_one_back() {
        var company = Api.aCompany("vende");
        String path = company.path() + "/conversations/" + aConversation(company, 1);

        Api.as("crm_user", company.id()).get(path + "/messages").then().statusCode(200);
        Api.as("crm_user", company.id()).post(path + "/takeover").then().statusCode(403);
        Api.as("crm_user", company.id()).post(path + "/return").then().statusCode(403);
    }

    @Test
    void a_conversation_of_another_company_is_not_found() {
        var company = Api.aCompany("dela");
        var other = Api.aCompany("outra");
        UUID conversation = aConversation(company, 1);

        Api.owner()
                .get(other.path() + "/conversations/" + conversation + "/messages")
                .then()
                .statusCode(404);
        Api.owner()
                .post(other.path() + "/conversations/" + conversation + "/takeover")
                .then()
                .statusCode(404);
        Api.owner()
                .post(other.path() + "/conversations/" + conversation + "/return")
                .then()
                .statusCode(404);
    }

    private static UUID aConversation(Api.Made company, int messages) {
        UUID lead = Api.aLead(company, "Maria");
        UUID conversation = UUID.randomUUID();
        Admin.get().execute("""
                INSERT INTO core.conversations (id, company_id, lead_id, instance_id, channel, chat_ref, inbound_seq)
                VALUES (?, ?, ?, ?, 'whatsapp', '5511988887777', ?)
                """, conversation, company.id(), lead, UUID.randomUUID(), messages);
        for (int seq = 1; seq <= messages; seq++) {
            Admin.get().execute("""
                    INSERT INTO core.messages (company_id, conversation_id, direction, author, seq, kind, text, status)
                    VALUES (?, ?, 'in', 'lead', ?, 'text', 'oi', 'received')""", company.id(), conversation, seq);
        }
        return conversation;
    }

    private static void aBubbleBeingSent(Api.Made company, UUID conversation, long fence) {
        Admin.get().execute("""
                INSERT INTO core.messages (company_id, conversation_id, direction, author, reply_id, position, purpose, kind, text,
                                           status, attempts, call_fence, call_deadline)
                VALUES (?, ?, 'out', 'machine', gen_random_uuid(), 0, 'answer', 'text', 'olá', 'sending', 1, ?,
                        clock_timestamp() + interval '1 min')""", company.id(), conversation, fence);
    }
}
