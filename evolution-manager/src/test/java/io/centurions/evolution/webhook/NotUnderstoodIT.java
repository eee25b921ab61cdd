package io.centurions.evolution.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.equalTo;

import io.centurions.evolution.OwnAddress;
import io.centurions.evolution.Simulated;
import io.centurions.evolution.TestInstance;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Operators;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Genuine webhooks about messages, in a form that this release does not know. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@QuarkusTestResource(OwnAddress.class)
class NotUnderstoodIT {

    private static final String KEY = "'key':{'remoteJid':'5511933330001@s.whatsapp.net','fromMe':false,'id':'%s'}";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            no_id;           ,'data':{'messageKey':{'remoteJid':'5511933330001@s.whatsapp.net','id':'N'},'message':{'conversation':'oi'}}
            no_id;           ,'data':{'key':{'remoteJid':'5511933330001@s.whatsapp.net'},'message':{'conversation':'oi'}}
            no_address;      ,'data':{'key':{'id':'N','fromMe':false},'message':{'conversation':'oi'}}
            unknown_address; ,'data':{'key':{'id':'N','remoteJid':'maria@new'},'message':{'conversation':'oi'}}
            no_message;      ,'data':{'key':{'id':'N','remoteJid':'5511933330001@s.whatsapp.net'},'said':{'conversation':'oi'}}
            no_id;           ,'data':{'messages':[{'key':{'remoteJid':'5511933330001@s.whatsapp.net','id':'N'}}]}
            no_data;         ,'data':'x'
            no_data;         ``
            """)
    void a_message_in_an_unknown_form_waits_parked_with_its_bytes(String reason, String data) {
        TestInstance instance = TestInstance.connected("strange");
        byte[] body = bytes("{'event':'messages.upsert','instance':'%s'%s}".formatted(instance.name(), data));

        instance.webhook(body, instance.secret()).statusCode(200);
        instance.webhook(body, instance.secret()).statusCode(200);

        Map<String, Object> parked = only(instance, "parked");
        assertThat(parked)
                .containsEntry("reason", reason)
                .containsEntry("instance_id", instance.id())
                .containsEntry("body", body);
        assertThat(instance.count("webhook_inbox_evolution")).isOne();
        assertThat(instance.count("messages")).isZero();
        assertThat(Operators.metrics())
                .contains("webhook_ignored_total{provider=\"evolution\",reason=\"" + reason + "\"}");
        given().auth()
                .oauth2(Simulated.serviceToken())
                .contentType(ContentType.JSON)
                .body(Map.of("by", "somebody"))
                .post("/internal/webhooks/" + parked.get("id") + "/reprocess")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:centurions:problem:webhook-unreadable"));
        assertThat(only(instance, "parked")).containsEntry("id", parked.get("id"));
    }

    @Test
    void of_a_list_each_entry_in_an_unknown_form_waits_alone_and_the_rest_is_taken_in() {
        TestInstance instance = TestInstance.connected("mixed");
        String good = "{" + KEY.formatted("GOOD-1") + ",'message':{'conversation':'oi'}}";
        String group = "{'key':{'remoteJid':'1203@g.us','id':'GROUP-1'},'message':{}}";
        String list = "{'event':'messages.upsert','instance':'" + instance.name() + "','data':[%s]}";
        byte[] body = bytes(list.formatted(
                String.join(",", "{" + KEY.formatted("STRANGE-1") + "}", good, group, "'STRANGE-2 \\ud800'")));

        instance.webhook(body, instance.secret()).statusCode(200);
        instance.webhook(body, instance.secret()).statusCode(200);

        assertThat(instance.count("messages")).isOne();
        assertThat(rows(instance, "parked"))
                .extracting(row -> row.get("reason"), NotUnderstoodIT::text)
                .containsExactlyInAnyOrder(
                        tuple("no_message", quoted(list.formatted("{" + KEY.formatted("STRANGE-1") + "}"))),
                        tuple("no_data", quoted(list.formatted("'STRANGE-2 ?'"))));
        assertThat(rows(instance, "applied"))
                .allSatisfy(row -> assertThat(text(row)).isEqualTo(quoted(list.formatted(good + "," + group))));
    }

    @Test
    void many_such_entries_of_a_list_wait_together_by_what_they_lack() {
        TestInstance instance = TestInstance.connected("many");
        String good = "{" + KEY.formatted("GOOD-2") + ",'message':{'conversation':'oi'}}";
        byte[] body = bytes("{'event':'messages.upsert','instance':'%s','data':[%s%s,'x']}"
                .formatted(instance.name(), ("{" + KEY.formatted("STRANGE") + "},").repeat(20), good));

        instance.webhook(body, instance.secret()).statusCode(200);
        instance.webhook(body, instance.secret()).statusCode(200);

        assertThat(instance.count("messages")).isOne();
        assertThat(rows(instance, "parked"))
                .extracting(row -> row.get("reason"), row -> text(row).split("STRANGE", -1).length - 1)
                .containsExactlyInAnyOrder(tuple("no_message", 20), tuple("no_data", 0));
    }

    @Test
    void words_under_an_event_that_nobody_knows_wait_parked() {
        TestInstance instance = TestInstance.connected("novel");
        String event = "{'event':'MESSAGES_REPLIED','instance':'" + instance.name() + "','data':%s}";
        byte[] words = bytes(event.formatted("{" + KEY.formatted("NOVEL-1") + ",'message':{'conversation':'oi'}}"));

        instance.webhook(words, instance.secret()).statusCode(200);
        instance.webhook(bytes(event.formatted("{'phase':'full'}")), instance.secret())
                .statusCode(200);

        assertThat(only(instance, "parked"))
                .containsEntry("reason", "unknown_event")
                .containsEntry("body", words);
        assertThat(only(instance, "applied")).containsEntry("reason", null);
    }

    @Test
    void who_is_typing_in_an_unknown_form_is_kept_nowhere() {
        TestInstance instance = TestInstance.connected("typing");

        instance.webhook(
                        bytes("{'event':'presence.update','instance':'%s','data':{}}".formatted(instance.name())),
                        instance.secret())
                .statusCode(200);

        assertThat(instance.count("webhook_inbox_evolution")).isZero();
    }

    private static Map<String, Object> only(TestInstance instance, String state) {
        List<Map<String, Object>> rows = rows(instance, state);
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    private static List<Map<String, Object>> rows(TestInstance instance, String state) {
        return Admin.get()
                .query(
                        "SELECT id, reason, instance_id, body FROM core.webhook_inbox_evolution "
                                + "WHERE company_id = ? AND state = ? ORDER BY id",
                        instance.company().company().value(),
                        state);
    }

    private static String text(Map<String, Object> row) {
        return new String((byte[]) row.get("body"), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String json) {
        return quoted(json).getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
