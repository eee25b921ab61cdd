package io.centurions.evolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was not captured, but is written down in the contract: wrappings, hidden numbers, other versions. */
class UnusualMessagesTest {

    private static final UUID INSTANCE = UUID.fromString("01990000-0000-7000-8000-000000000001");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void words_are_found_however_deep_they_are_wrapped() {
        IntakeItem item = said(upsert("""
                {"ephemeralMessage":{"message":{"viewOnceMessageV2":{"message":{"imageMessage":{"caption":"olha","mimetype":"image/png",
                 "contextInfo":{"stanzaId":"Q1","externalAdReply":{"sourceId":"9","ctwaClid":"click"}}}}}}}}"""));

        assertThat(item.kind()).isEqualTo("image");
        assertThat(item.text()).isEqualTo("olha");
        assertThat(item.replyTo()).isEqualTo("Q1");
        assertThat(item.referral().path("ctwa_clid").asText()).isEqualTo("click");
    }

    @Test
    void the_click_survives_a_first_message_that_comes_without_words() {
        ObjectNode webhook = upsert("{}");
        data(webhook).set("contextInfo", json("{\"externalAdReply\":{\"ctwaClid\":\"click\"}}"));

        IntakeItem item = said(webhook);

        assertThat(item.kind()).isEqualTo("other");
        assertThat(item.referral().path("ctwa_clid").asText()).isEqualTo("click");
        assertThat(item.providerKey()).endsWith("|ID1|shell");
    }

    @Test
    void an_ad_that_hides_its_card_is_still_an_ad() {
        ObjectNode webhook = upsert("{\"conversation\":\"oi\"}");
        data(webhook).set("contextInfo", json("{\"entryPointConversionSource\":\"ctwa_ad\"}"));

        assertThat(said(webhook).referral().path("entry_point").asText()).isEqualTo("ctwa_ad");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(nullValues = "-", textBlock = """
            5511988887777:12@s.whatsapp.net, -,                            5511988887777
            5511988887777@c.us,              -,                            5511988887777
            77@lid,                          -,                            77@lid
            77:3@lid,                        -,                            77@lid
            77@lid,                          5511988887777@s.whatsapp.net, 5511988887777
            5511988887777,                   -,                            5511988887777
            """)
    void an_answer_goes_to_the_phone_or_else_to_the_privacy_id(String remoteJid, String senderPn, String chatRef) {
        ObjectNode webhook = upsert("{\"conversation\":\"oi\"}");
        ObjectNode key = (ObjectNode) data(webhook).path("key");
        key.put("remoteJid", remoteJid);
        key.put("senderPn", senderPn);

        assertThat(said(webhook).chatRef()).isEqualTo(chatRef);
    }

    @Test
    void on_our_own_words_the_sender_is_not_taken_for_the_lead() {
        ObjectNode webhook = upsert("{\"conversation\":\"oi\"}");
        ObjectNode key = (ObjectNode) data(webhook).path("key");
        key.put("remoteJid", "77@lid")
                .put("senderPn", "5511990001111@s.whatsapp.net")
                .put("fromMe", true);

        assertThat(said(webhook).chatRef()).isEqualTo("77@lid");
    }

    @ParameterizedTest(name = "{0} is ignored: {1}")
    @CsvSource(textBlock = """
            1203@g.us,                    group
            1203@newsletter,              newsletter
            status@broadcast,             status_broadcast
            99@broadcast,                 broadcast
            867051314767696@bot,          bot
            0@s.whatsapp.net,             announcement
            5511990001111@s.whatsapp.net, self_chat
            """)
    void what_is_no_conversation_with_one_person_is_ignored_with_a_reason(String remoteJid, String reason) {
        ObjectNode webhook = upsert("{\"conversation\":\"oi\"}");
        ((ObjectNode) data(webhook).path("key")).put("remoteJid", remoteJid);

        assertThat(readings(webhook)).containsExactly(new Reading.Ignored(reason));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
            {"secretEncryptedMessage":{"a":1}}
            {"pollUpdateMessage":{"a":1}}
            {"senderKeyDistributionMessage":{"groupId":"x"}}
            {"messageContextInfo":{"a":1}}
            """)
    void what_says_nothing_is_ignored(String message) {
        assertThat(readings(upsert(message))).containsExactly(new Reading.Ignored("no_content"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = ';', textBlock = """
            messages.upsert;  {};                                                                                  no_id
            messages.upsert;  {'key':{}};                                                                          no_id
            messages.upsert;  {'messages':[{'key':{'id':'M','remoteJid':'5511988887777@s.whatsapp.net'}}]};        no_id
            messages.upsert;  {'messageKey':{'id':'M','remoteJid':'5511988887777'},'message':{'conversation':'x'}}; no_id
            messages.upsert;  {'key':{'remoteJid':'5511988887777'},'message':{'conversation':'x'}};                no_id
            messages.upsert;  {'key':{'id':'M'},'message':{'conversation':'x'}};                                   no_address
            messages.upsert;  {'key':{'id':'M','remoteJid':'someone@else'},'message':{'conversation':'x'}};        unknown_address
            messages.upsert;  {'key':{'id':'M','remoteJid':'5511988887777'},'content':{'conversation':'x'}};       no_message
            messages.upsert;  {'key':{'id':'M','remoteJid':'5511988887777'},'message':'x'};                        no_message
            messages.upsert;  {'key':{'id':'M','remoteJid':'5511988887777'},'message':{'reactionMessage':{}}};     no_id
            messages.upsert;  'x';                                                                                 no_data
            messages.upsert;  null;                                                                                no_data
            send.message;     {'key':{'id':'M'}};                                                                  no_address
            messages.update;  {'status':'READ','fromMe':true};                                                     no_id
            messages.edited;  {'type':14,'key':{}};                                                                no_id
            messages.edited;  {'type':14,'key':{'id':'M','remoteJid':'5511988887777'}};                            no_message
            messages.delete;  {'remoteJid':'5511988887777'};                                                       no_id
            """, quoteCharacter = '`')
    void what_is_about_a_message_in_an_unknown_form_is_not_understood(String event, String data, String reason) {
        JsonNode webhook = json(
                "{'event':'%s','instance':'a','data':%s}".formatted(event, data).replace('\'', '"'));

        assertThat(readings(webhook)).containsExactly(new Reading.NotUnderstood(reason));
    }

    @Test
    void what_comes_without_any_data_is_not_understood() {
        assertThat(readings(json("{\"event\":\"messages.upsert\",\"instance\":\"a\"}")))
                .containsExactly(new Reading.NotUnderstood("no_data"));
    }

    @Test
    void what_is_no_conversation_of_ours_is_ignored_whatever_else_it_lacks() {
        assertThat(readings(json("""
                {"event":"messages.upsert","instance":"a","data":[
                 {"key":{"remoteJid":"1203@g.us"}},
                 {"key":{"remoteJid":"5511988887777@s.whatsapp.net","id":"CALL"},"messageStubType":40}]}""")))
                .containsExactly(new Reading.Ignored("group"), new Reading.Ignored("no_content"));
    }

    @Test
    void text_that_cannot_be_stored_is_made_storable() {
        assertThat(said(upsert("{\"conversation\":\"a\\u0000b\\ud83dc\\ud83d\\ude00\"}"))
                        .text())
                .isEqualTo("a\uFFFDb\uFFFDc😀");
    }

    @Test
    void a_choice_from_buttons_or_a_list_is_what_was_said() {
        assertThat(said(upsert(
                                "{\"buttonsResponseMessage\":{\"selectedButtonId\":\"b1\",\"selectedDisplayText\":\"Sim\"}}"))
                        .text())
                .isEqualTo("Sim");
        assertThat(said(upsert("{\"listResponseMessage\":{\"title\":\"Plano anual\"}}"))
                        .text())
                .isEqualTo("Plano anual");
    }

    @Test
    void a_revocation_is_a_deletion_wherever_it_arrives() {
        String revoke =
                "{\"protocolMessage\":{\"type\":0,\"key\":{\"id\":\"GONE\",\"remoteJid\":\"5511988887777@s.whatsapp.net\"}}}";

        IntakeItem item = said(upsert(revoke));

        assertThat(item.what()).isEqualTo("delete");
        assertThat(item.providerMessageId()).isEqualTo("GONE");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            PENDING,       ignored status_pending
            DELETED,       ignored status_deleted
            SOMETHING_NEW, ignored unknown_status
            ERROR,         said status failed
            4,             said status read
            """)
    void a_status_is_read_by_name_and_by_number(String status, String becomes) {
        JsonNode webhook = json("""
                {"event":"messages.update","instance":"a","data":[{"keyId":"ID1","remoteJid":"5511988887777@s.whatsapp.net","fromMe":true,
                 "status":"%s"}]}""".formatted(status));

        assertThat(readings(webhook)).map(ToMessagesTest::told).containsExactly(becomes);
    }

    @Test
    void times_and_sizes_are_read_in_every_shape() {
        assertThat(Wire.number(json("{\"low\":-133929605,\"high\":417,\"unsigned\":false}")))
                .isEqualTo(1795162400123L);
        assertThat(Wire.moment(json("\"1795162400\""))).isEqualTo(Instant.ofEpochSecond(1795162400));
        assertThat(Wire.moment(json("1795162400123"))).isEqualTo(Instant.ofEpochMilli(1795162400123L));
        assertThat(Wire.number(json("{}"))).isNull();
    }

    private static ObjectNode upsert(String message) {
        ObjectNode webhook = (ObjectNode) json("""
                {"event":"messages.upsert","instance":"a","sender":"5511990001111@s.whatsapp.net","data":{
                 "key":{"remoteJid":"5511988887777@s.whatsapp.net","fromMe":false,"id":"ID1"},"messageTimestamp":"1795162400"}}""");
        data(webhook).set("message", json(message));
        return webhook;
    }

    private static ObjectNode data(ObjectNode webhook) {
        return (ObjectNode) webhook.path("data");
    }

    private static List<Reading> readings(JsonNode webhook) {
        return ToMessages.read(INSTANCE, webhook, NOW).readings();
    }

    private static IntakeItem said(JsonNode webhook) {
        return ((Reading.Said) readings(webhook).getFirst()).item();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
