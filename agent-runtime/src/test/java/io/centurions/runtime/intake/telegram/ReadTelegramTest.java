package io.centurions.runtime.intake.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.platform.webhooks.Signatures;
import io.centurions.runtime.intake.Fixture;
import io.centurions.runtime.intake.Incoming;
import io.centurions.runtime.intake.Incoming.Identity;
import io.centurions.runtime.intake.Incoming.Kind;
import io.centurions.runtime.intake.Incoming.What;
import io.centurions.runtime.intake.Unreadable;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadTelegramTest {

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void a_text_is_a_message_of_the_person_at_its_chat() throws Exception {
        Incoming text = one("wh-text");

        assertThat(text.what()).isEqualTo(What.MESSAGE);
        assertThat(text.ids()).isEqualTo(Incoming.Ids.of("700000001", "700000001:11"));
        assertThat(text.sender().name()).isEqualTo("Beatriz Demo");
        assertThat(text.sender().identities()).containsExactly(new Identity("telegram", "700000001"));
        assertThat(text.content().text()).isEqualTo("Oi, tudo bem?");
        assertThat(text.writtenAt()).isEqualTo(Instant.ofEpochSecond(1795162400));
    }

    @ParameterizedTest
    @CsvSource({
        "wh-audio, AUDIO, CQACAgDEMO, audio/mpeg",
        "wh-voice, AUDIO, AwACAgDEMO, audio/ogg",
        "wh-photo, IMAGE, AgACAgDEMO-x,",
        "wh-video, VIDEO, BAACAgDEMO, video/mp4",
        "wh-document, DOCUMENT, BQACAgDEMO, application/pdf",
        "wh-big-file, DOCUMENT, BQACAgBIG, video/quicktime",
    })
    void media_keeps_its_file_id_and_no_address(String fixture, Kind kind, String fileId, String mime)
            throws Exception {
        Incoming media = one(fixture);

        assertThat(media.content().kind()).isEqualTo(kind);
        assertThat(media.content().media().path("file_id").asText()).isEqualTo(fileId);
        assertThat(media.content().media().path("mime").textValue()).isEqualTo(mime);
        assertThat(media.content().media().has("url")).isFalse();
    }

    @Test
    void a_date_that_no_calendar_has_is_unreadable_and_not_an_error() {
        assertThatThrownBy(() -> ReadTelegram.read(json.readTree("""
                        {"update_id":1,"message":{"message_id":1,"date":9223372036854775807,"text":"oi",
                         "from":{"id":1},"chat":{"id":1,"type":"private"}}}"""))).isInstanceOf(Unreadable.class);
    }

    @Test
    void a_picture_keeps_its_caption() throws Exception {
        assertThat(one("wh-photo").content().text()).isEqualTo("olha isso");
    }

    @Test
    void a_start_link_tells_the_campaign() throws Exception {
        Incoming start = one("wh-start-deeplink");

        assertThat(start.content().text()).isEqualTo("/start camp_123");
        assertThat(start.content().referral().path("ref").asText()).isEqualTo("camp_123");
    }

    @Test
    void a_reply_names_the_message_it_answers() throws Exception {
        assertThat(one("wh-reply").ids().replyTo()).isEqualTo("700000001:11");
    }

    @Test
    void an_edit_is_a_revision_of_the_message_itself() throws Exception {
        Incoming edit = one("wh-edited");

        assertThat(edit.what()).isEqualTo(What.EDIT);
        assertThat(edit.ids().providerId()).isEqualTo("700000001:11");
        assertThat(edit.ids().revision()).isEqualTo("1795162500");
        assertThat(edit.ids().replyTo()).isNull();
        assertThat(edit.content().text()).isEqualTo("Oi, tudo bem com vocês?");
    }

    @Test
    void a_pressed_button_says_what_it_carries() throws Exception {
        Incoming pressed = one("wh-callback-query");

        assertThat(pressed.what()).isEqualTo(What.MESSAGE);
        assertThat(pressed.ids().providerId()).isEqualTo("button:3006000000000000001");
        assertThat(pressed.ids().replyTo()).isEqualTo("700000001:18");
        assertThat(pressed.content().text()).isEqualTo("confirma:sim");
    }

    @Test
    void the_persons_own_card_tells_their_phone() throws Exception {
        Incoming card = one("wh-contact");

        assertThat(card.content().kind()).isEqualTo(Kind.CONTACT);
        assertThat(card.sender().identities()).contains(new Identity("phone", "5511988887777"));
    }

    @Test
    void somebody_elses_card_is_no_identity() throws Exception {
        var update =
                Fixture.json("telegram/wh-contact.json").toString().replace("\"user_id\":700000001", "\"user_id\":5");

        assertThat(ReadTelegram.read(json.readTree(update))
                        .items()
                        .getFirst()
                        .sender()
                        .identities())
                .containsExactly(new Identity("telegram", "700000001"));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"update_id\":1,\"my_chat_member\":{}}', my_chat_member",
        "'{\"update_id\":1,\"channel_post\":{}}', channel_post",
        "'{\"update_id\":1,\"poll_answer\":{}}', poll_answer",
        "'{\"update_id\":1,\"message\":{\"message_id\":1,\"chat\":{\"id\":-5,\"type\":\"group\"}}}', not_private",
    })
    void what_is_not_for_us_is_left_out_with_a_reason(String update, String reason) throws Exception {
        var reading = ReadTelegram.read(json.readTree(update));

        assertThat(reading.items()).isEmpty();
        assertThat(reading.ignored()).containsExactly(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "[], no_update_id",
        "'{}', no_update_id",
        "'{\"update_id\":\"x\"}', no_update_id",
        "'{\"update_id\":1}', unknown_update",
        "'{\"update_id\":1,\"something_new\":{}}', unknown_update",
        "'{\"update_id\":1,\"message\":{}}', no_chat",
        "'{\"update_id\":1,\"message\":{\"chat\":{\"id\":5,\"type\":\"private\"}}}', no_message_id",
        "'{\"update_id\":1,\"message\":{\"message_id\":1,\"chat\":{\"id\":5}}}', no_chat_type",
    })
    void what_is_no_update_or_one_in_an_unknown_form_is_unreadable(String body, String reason) {
        assertThatThrownBy(() -> ReadTelegram.read(json.readTree(body)))
                .isInstanceOf(Unreadable.class)
                .hasMessage(reason);
    }

    @Test
    void the_secret_is_compared_as_captured() {
        var vectors = Fixture.json("telegram/_secret-token.json");
        byte[] kept = Signatures.sha256(vectors.path("secret_token").asText());

        vectors.path("vectors")
                .forEach(vector -> assertThat(
                                Signatures.matches(kept, vector.path("header").textValue()))
                        .isEqualTo(vector.path("accept").asBoolean()));
    }

    private static Incoming one(String fixture) throws Unreadable {
        var reading = ReadTelegram.read(Fixture.json("telegram/" + fixture + ".json"));
        assertThat(reading.ignored()).isEmpty();
        assertThat(reading.items()).hasSize(1);
        return reading.items().getFirst();
    }
}
