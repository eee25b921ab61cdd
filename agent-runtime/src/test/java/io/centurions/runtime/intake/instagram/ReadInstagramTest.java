package io.centurions.runtime.intake.instagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.platform.webhooks.Signatures;
import io.centurions.runtime.intake.Fixture;
import io.centurions.runtime.intake.Incoming;
import io.centurions.runtime.intake.Incoming.Identity;
import io.centurions.runtime.intake.Incoming.Kind;
import io.centurions.runtime.intake.Incoming.What;
import io.centurions.runtime.intake.Unreadable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadInstagramTest {

    private static final String ACCOUNT = "17841400000000001";
    private static final String LEAD = "900000000000001";

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void a_text_is_a_message_of_the_person_to_the_account() throws Exception {
        Addressed addressed = addressed("wh-text");

        assertThat(addressed.accounts()).containsExactly(ACCOUNT);
        Incoming text = addressed.incoming();
        assertThat(text.what()).isEqualTo(What.MESSAGE);
        assertThat(text.ids()).isEqualTo(Incoming.Ids.of(LEAD, "aWdfZAG1faXRlbTo0001ZD"));
        assertThat(text.sender().identities()).containsExactly(new Identity("igsid", LEAD));
        assertThat(text.content().text()).isEqualTo("Oi, qual o valor?");
        assertThat(text.writtenAt()).isEqualTo(Instant.ofEpochMilli(1795162400001L));
    }

    @ParameterizedTest
    @CsvSource({"wh-image, IMAGE", "wh-audio, AUDIO", "wh-two-attachments, IMAGE"})
    void media_keeps_the_link_it_is_fetched_by(String fixture, Kind kind) throws Exception {
        Incoming media = one(fixture);

        assertThat(media.content().kind()).isEqualTo(kind);
        assertThat(media.content().media().path("url").asText()).startsWith("https://lookaside.example/");
    }

    @Test
    void a_second_attachment_travels_with_the_first() throws Exception {
        assertThat(one("wh-two-attachments")
                        .content()
                        .media()
                        .path("more")
                        .get(0)
                        .path("type")
                        .asText())
                .isEqualTo("video");
    }

    @Test
    void an_ad_is_kept_to_the_last_digit_of_its_id() throws Exception {
        var referral = one("wh-ad-referral").content().referral();

        assertThat(referral.path("ad_id").textValue()).isEqualTo("120210000000000009");
        assertThat(referral.path("ref").textValue()).isEqualTo("campanha-x");
        assertThat(referral.path("headline").textValue()).isEqualTo("Oferta demo");
    }

    @Test
    void an_echo_is_what_left_the_business_to_that_person() throws Exception {
        Addressed echo = addressed("wh-echo");

        assertThat(echo.accounts()).containsExactly(ACCOUNT);
        assertThat(echo.incoming().what()).isEqualTo(What.ECHO);
        assertThat(echo.incoming().ids().chat()).isEqualTo(LEAD);
        assertThat(echo.incoming().ids().outgoing()).isTrue();
        assertThat(echo.incoming().content().text()).isEqualTo("Olá! Custa R$ 100.");
    }

    @Test
    void read_is_a_status_of_our_message() throws Exception {
        Incoming read = one("wh-read");

        assertThat(read.what()).isEqualTo(What.STATUS);
        assertThat(read.content().status()).isEqualTo("read");
        assertThat(read.ids().providerId()).isEqualTo("aWdfZAG1faXRlbTo0005ZD");
    }

    @Test
    void a_reaction_names_its_message() throws Exception {
        Incoming reaction = one("wh-reaction");

        assertThat(reaction.what()).isEqualTo(What.REACTION);
        assertThat(reaction.ids().replyTo()).isEqualTo("aWdfZAG1faXRlbTo0005ZD");
        assertThat(reaction.content().text()).isEqualTo("❤️");
    }

    @Test
    void a_deleted_message_is_a_delete_under_the_same_id() throws Exception {
        Incoming deleted = one("wh-deleted");

        assertThat(deleted.what()).isEqualTo(What.DELETE);
        assertThat(deleted.ids().providerId()).isEqualTo("aWdfZAG1faXRlbTo0001ZD");
    }

    @ParameterizedTest
    @CsvSource({"wh-inline-reply, aWdfZAG1faXRlbTo0005ZD", "wh-story-reply,"})
    void a_reply_names_the_message_unless_it_is_to_a_story(String fixture, String repliedTo) throws Exception {
        assertThat(one(fixture).ids().replyTo()).isEqualTo(repliedTo);
    }

    @ParameterizedTest
    @CsvSource({"wh-postback, Ver preços", "wh-quick-reply, Quero agendar"})
    void a_button_says_its_title(String fixture, String title) throws Exception {
        assertThat(one(fixture).content()).isEqualTo(Incoming.Content.text(title));
    }

    @ParameterizedTest
    @CsvSource({"wh-referral-igme, referral_without_message", "wh-comment-change, change_comments"})
    void what_is_no_message_is_left_out_with_a_reason(String fixture, String reason) throws Exception {
        var reading = ReadInstagram.read(Fixture.json("instagram/" + fixture + ".json"));

        assertThat(reading.items()).isEmpty();
        assertThat(reading.ignored()).containsExactly(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            'messaging':[{'recipient':{'id':'2'},'message':{'mid':'m','text':'oi'}}];                       no_sender
            'messaging':[{'sender':{'id':'7'},'recipient':{'id':'2'},'message':{'text':'oi'}}];             message_without_id
            'messaging':[{'sender':{'id':'7'},'recipient':{'id':'2'},'reaction':{'action':'react'}}];       message_without_id
            'messaging':[{'sender':{'id':'7'},'recipient':{'id':'2'},'message_edit':{'num_edit':1}}];       message_without_id
            'messaging':[{'sender':{'id':'7'},'recipient':{'id':'2'},'read':{'watermark':1}}];              message_without_id
            'messaging':[{'sender':{'id':'7'},'recipient':{'id':'2'},'post':{'mid':'m','text':'oi'}}];      unknown_update
            'changes':[{'field':'messages','value':{'recipient':{'id':'2'},'message':{'mid':'m'}}}];        no_sender
            'posts':[{'sender':{'id':'7'},'recipient':{'id':'2'},'message':{'mid':'m','text':'oi'}}];       unknown_list
            """)
    void what_may_be_a_message_in_an_unknown_form_is_strange_also_by_itself(String list, String reason)
            throws Exception {
        JsonNode body = json.readTree(
                "{'object':'instagram','entry':[{'id':'1',%s}]}".formatted(list).replace('\'', '"'));

        var post = ReadInstagram.read(body);

        assertThat(post.strange()).singleElement().satisfies(strange -> {
            assertThat(strange.reason()).isEqualTo(reason);
            assertThat(strange.accounts()).startsWith("1");
        });
        assertThat(post.items()).isEmpty();
        assertThat(post.ignored()).isEmpty();
        assertThat(ReadInstagram.only(post.strange())).isEqualTo(body);
        ReadInstagram.takeOut(body, post.strange());
        assertThat(ReadInstagram.read(body).updates()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delivery", "optin", "take_thread_control", "app_roles"})
    void what_meta_tells_and_we_take_no_part_in_is_left_out(String name) throws Exception {
        var post = ReadInstagram.read(
                json.readTree("{'object':'instagram','entry':[{'id':'1','messaging':[{'sender':{'id':'7'},'%s':{}}]}]}"
                        .formatted(name)
                        .replace('\'', '"')));

        assertThat(post.ignored()).containsExactly(name);
        assertThat(post.updates()).isEmpty();
    }

    @Test
    void a_page_id_in_the_entry_leaves_the_recipient_as_second_guess() throws Exception {
        var body = Fixture.json("instagram/wh-text.json").toString().replaceFirst("\"id\":\"" + ACCOUNT, "\"id\":\"55");

        assertThat(ReadInstagram.read(json.readTree(body)).items().getFirst().accounts())
                .containsExactly("55", ACCOUNT);
    }

    @Test
    void some_updates_of_a_body_are_a_body_that_says_the_same_of_them_whatever_stood_around_them() throws Exception {
        String said = update("m1") + "," + update("m2");
        var first = read("{\"id\":\"1\",\"time\":1,\"messaging\":[%s]}".formatted(said));
        var again = read("{\"id\":\"1\",\"time\":2,\"messaging\":[%s]}".formatted(update("m2")));

        JsonNode part = ReadInstagram.only(first.subList(1, 2));

        assertThat(part.toString()).isEqualTo(ReadInstagram.only(again).toString());
        assertThat(ReadInstagram.read(part).items()).isEqualTo(first.subList(1, 2));
    }

    @Test
    void a_part_keeps_the_shape_of_its_updates() throws Exception {
        var changes =
                read("{\"id\":\"1\",\"changes\":[{\"field\":\"messages\",\"value\":%s}]}".formatted(update("m1")));

        assertThat(changes).hasSize(1);
        assertThat(ReadInstagram.read(ReadInstagram.only(changes)).items()).isEqualTo(changes);
    }

    @Test
    void what_names_no_account_is_an_update_all_the_same() throws Exception {
        var updates = read("{\"messaging\":[%s]}".formatted(update("m1").replace("{\"id\":\"2\"}", "{}")));

        assertThat(updates)
                .singleElement()
                .satisfies(update -> assertThat(update.accounts()).isEmpty());
        assertThat(ReadInstagram.read(ReadInstagram.only(updates)).items()).isEqualTo(updates);
    }

    @Test
    void what_was_not_read_is_left_of_a_body_as_it_stood_there() throws Exception {
        String standby = "\"standby\":[%s]".formatted(update("m3"));
        JsonNode body = json.readTree("""
                {"object":"instagram","entry":[{"id":"1","messaging":[%s,{"sender":{"id":"7"}}],%s},
                 {"id":"1","changes":[{"field":"messages","value":%s},{"field":"comments"}]}]}""".formatted(update("m1"), standby, update("m2")));

        ReadInstagram.takeOut(body, ReadInstagram.read(body).items());

        assertThat(body).isEqualTo(json.readTree("""
                {"object":"instagram","entry":[{"id":"1","messaging":[{"sender":{"id":"7"}}],%s},
                 {"id":"1","changes":[{"field":"comments"}]}]}""".formatted(standby)));
    }

    @Test
    void the_account_to_connect_is_the_participant_and_not_the_page() throws Exception {
        var updates = read("{\"id\":\"page\",\"messaging\":[%s]}".formatted(update("m1")));

        assertThat(updates).extracting(Addressed::account).containsExactly("2");
    }

    private List<Addressed> read(String entry) throws Exception {
        return ReadInstagram.read(json.readTree("{\"object\":\"instagram\",\"entry\":[%s]}".formatted(entry)))
                .items();
    }

    private static String update(String mid) {
        return """
                {"sender":{"id":"7"},"recipient":{"id":"2"},"timestamp":1795162400000,"message":{"mid":"%s","text":"oi"}}""".formatted(mid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "{}", "{\"object\":\"instagram\",\"entry\":{}}", "{\"subject\":\"instagram\",\"entry\":[]}"
            })
    void what_has_no_entries_or_no_object_is_unreadable(String body) {
        assertThatThrownBy(() -> ReadInstagram.read(json.readTree(body))).isInstanceOf(Unreadable.class);
    }

    @Test
    void signatures_are_over_the_very_bytes() {
        var vectors = Fixture.json("instagram/_signature-vectors.json");
        byte[] secret = vectors.path("secret").asText().getBytes(StandardCharsets.UTF_8);

        vectors.path("vectors").forEach(vector -> {
            byte[] body = vector.path("body_utf8").asText().getBytes(StandardCharsets.UTF_8);
            boolean accepted = Signatures.matches(
                    "sha256=" + Signatures.hmacSha256Hex(secret, body),
                    vector.path("x_hub_signature_256").asText());
            // Where the choice is ours (upper-case hex) we take what Meta sends: lower case.
            boolean expected = vector.path("accept").asBoolean(false);
            assertThat(accepted).as(vector.path("name").asText()).isEqualTo(expected);
        });
    }

    private static Incoming one(String fixture) throws Unreadable {
        return addressed(fixture).incoming();
    }

    private static Addressed addressed(String fixture) throws Unreadable {
        var reading = ReadInstagram.read(Fixture.json("instagram/" + fixture + ".json"));
        assertThat(reading.ignored()).isEmpty();
        assertThat(reading.items()).hasSize(1);
        return reading.items().getFirst();
    }
}
