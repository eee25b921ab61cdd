package io.centurions.evolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToMessagesTest {

    private static final UUID INSTANCE = UUID.fromString("01990000-0000-7000-8000-000000000001");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    /** One row per captured webhook: what it becomes, and what a repeat of it would repeat. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            messages-upsert-text-pn;           said message text;      5511988887777|in|message|3EB0A1B2C3D4E5F60708AA|
            messages-upsert-text-lid;          said message text;      5511988887777|in|message|3A0123456789ABCDEF01|
            messages-upsert-link;              said message text;      5511988887777|in|message|AC1234567890ABCDEF1234567890ABCD|
            messages-upsert-quoted;            said message text;      5511988887777|in|message|AC1234567890ABCDEF1234567890ABC1|
            messages-upsert-ctwa-ad;           said message text;      5511988887777|in|message|AC1234567890ABCDEF1234567890ABC2|
            messages-upsert-audio-ptt;         said message audio;     5511988887777|in|message|3AAUD000000000000001|
            messages-upsert-image;             said message image;     5511988887777|in|message|3EB0IMG000000000000001|
            messages-upsert-image-base64;      said message image;     5511988887777|in|message|3EB0IMG000000000000B64|
            messages-upsert-image-mediaurl;    said message image;     5511988887777|in|message|3EB0IMG000000000000S3U|
            messages-upsert-video;             said message video;     5511988887777|in|message|3EB0VID000000000000001|
            messages-upsert-document;          said message document;  5511988887777|in|message|3EB0DOC000000000000001|
            messages-upsert-document-caption;  said message document;  5511988887777|in|message|3EB0DOC000000000000002|
            messages-upsert-sticker;           said message sticker;   5511988887777|in|message|3EB0STK000000000000001|
            messages-upsert-location;          said message location;  5511988887777|in|message|3EB0LOC000000000000001|
            messages-upsert-contact;           said message contact;   5511988887777|in|message|3EB0CTC000000000000001|
            messages-upsert-business-text;     said message text;      5511988887777|in|message|wamid.A1|
            messages-upsert-business-image;    said message image;     5511988887777|in|message|wamid.A3|
            messages-upsert-evolution-channel; said message text;      5511988887777|in|message|2f1c7f3e-0000-4000-8000-000000000001|
            messages-upsert-reaction;          said reaction -;        5511988887777|in|reaction|3EB0RCT000000000000001|
            messages-upsert-from-me;           said echo text;         5511988887777|out|echo|3EB0FME000000000000001|
            send-message;                      said echo text;         5511988887777|out|echo|3EB0OUT00000000000001|
            send-message-business;             said echo text;         5511988887777|out|echo|wamid.FAKE3|
            messages-update-server-ack;        said status accepted;   5511988887777|out|status|3EB0OUT00000000000001|accepted
            messages-update-delivery-ack;      said status delivered;  5511988887777|out|status|3EB0OUT00000000000001|delivered
            messages-update-read;              said status read;       5511988887777|out|status|3EB0OUT00000000000001|read
            messages-update-played;            said status read;       5511988887777|out|status|3EB0OUT00000000000001|read
            messages-edited;                   said edit -;            5511988887777|in|edit|3EB0A1B2C3D4E5F60708AA|1795162500000
            messages-delete;                   said delete -;          5511988887777|in|delete|3EB0A1B2C3D4E5F60708AA|
            presence-update;                   said presence -;        5511988887777|in|presence||1795176000000
            qrcode-updated;                    stands QR_READY null;            -
            qrcode-limit;                      stands ERROR qr_limit;           -
            connection-connecting;             stands CONNECTING null;          -
            connection-open;                   stands CONNECTED null;           -
            connection-close;                  stands DISCONNECTED status_401;  -
            connection-refused;                stands ERROR status_428;         -
            status-instance-closed;            stands DISCONNECTED status_401;  -
            logout-instance;                   stands DISCONNECTED logged_out;  -
            remove-instance;                   stands ERROR removed_at_server;  -
            contacts-upsert;                   ignored not_needed;              -
            chats-upsert;                      ignored not_needed;              -
            """)
    void each_captured_webhook_becomes_what_the_table_says(String file, String becomes, String providerKey) {
        List<Reading> readings =
                ToMessages.read(INSTANCE, Fixture.webhookJson(file), NOW).readings();

        assertThat(readings).singleElement().satisfies(reading -> {
            assertThat(told(reading)).isEqualTo(becomes);
            assertThat(reading instanceof Reading.Said(var item) ? item.providerKey() : null)
                    .isEqualTo(providerKey);
        });
    }

    @Test
    void the_table_has_a_row_for_every_captured_webhook()
            throws IOException, URISyntaxException, NoSuchMethodException {
        String table = ToMessagesTest.class
                .getDeclaredMethod(
                        "each_captured_webhook_becomes_what_the_table_says", String.class, String.class, String.class)
                .getAnnotation(CsvSource.class)
                .textBlock();
        Path folder = Path.of(ToMessagesTest.class.getResource("/evolution").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            List<String> captured = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("wh-"))
                    .map(name -> name.substring(3, name.length() - ".json".length()))
                    .toList();
            List<String> rows =
                    table.lines().map(row -> row.split(";")[0].strip()).toList();
            assertThat(rows).containsExactlyInAnyOrderElementsOf(captured);
        }
    }

    @Test
    void an_ad_click_is_kept_with_the_message_it_led_to() {
        IntakeItem item = said("messages-upsert-ctwa-ad");

        assertThat(item.referral().path("ctwa_clid").asText())
                .isEqualTo("ARA0demo-ClickId_0001-abcdefghijklmnopqrstuvwxyz");
        assertThat(item.referral().path("ad_id").asText()).isEqualTo("120210000000000001");
        assertThat(item.referral().path("source_url").asText()).isEqualTo("https://fb.me/abc123");
        assertThat(item.referral().path("headline").asText()).isEqualTo("Oferta de teste");
        assertThat(item.identities().stream().map(one -> one.kind() + " " + one.value()))
                .containsExactly("phone 5511988887777", "jid 5511988887777@s.whatsapp.net", "lid 123456789012345@lid");
        assertThat(item.writtenAt()).isEqualTo(Instant.ofEpochSecond(1795162400));
    }

    @Test
    void a_link_card_is_no_ad() {
        assertThat(said("messages-upsert-link").referral()).isNull();
    }

    @Test
    void a_quote_names_the_message_it_answers() {
        assertThat(said("messages-upsert-quoted").replyTo()).isEqualTo("3EB0QUOTED");
    }

    @Test
    void a_reaction_is_about_the_message_it_marks() {
        IntakeItem item = said("messages-upsert-reaction");

        assertThat(item.providerMessageId()).isEqualTo("3EB0TARGET");
        assertThat(item.text()).isEqualTo("👍");
    }

    @Test
    void a_file_is_described_without_its_encrypted_address() {
        IntakeItem item = said("messages-upsert-audio-ptt");

        assertThat(item.media().toString())
                .isEqualTo(
                        "{\"state\":\"pending\",\"mime\":\"audio/ogg; codecs=opus\",\"bytes\":54321,\"seconds\":7,\"voice\":true}");
        assertThat(item.hasFile()).isTrue();
    }

    @Test
    void a_file_that_came_along_is_kept_out_of_the_batch() {
        IntakeItem item = said("messages-upsert-image-base64");

        assertThat(item.inlineMedia()).startsWith("/9j/4AAQ");
        assertThat(item.text()).isEqualTo("comprovante");
        assertThat(item.media().has("base64")).isFalse();
    }

    @Test
    void our_own_words_carry_neither_our_name_nor_an_ad() {
        IntakeItem item = said("messages-upsert-from-me");

        assertThat(item.name()).isNull();
        assertThat(item.referral()).isNull();
        assertThat(item.text()).isEqualTo("respondi pelo celular");
    }

    @Test
    void an_edit_carries_the_new_words() {
        assertThat(said("messages-edited").text()).isEqualTo("Oi, quero saber o preço do plano anual");
    }

    @Test
    void a_qr_is_handed_on_whole() {
        Reading reading = ToMessages.read(INSTANCE, Fixture.webhookJson("qrcode-updated"), NOW)
                .readings()
                .getFirst();

        assertThat(reading).isInstanceOfSatisfying(Reading.Stands.class, stands -> {
            assertThat(stands.report().qr().code()).startsWith("2@demoQRPayload");
            assertThat(stands.report().qr().base64()).startsWith("data:image/png;base64,");
            assertThat(stands.report().reportedAt()).isEqualTo(Instant.parse("2026-11-20T05:13:20.000Z"));
        });
    }

    @Test
    void a_body_without_an_event_or_an_instance_is_unreadable() {
        assertThatThrownBy(() -> ToMessages.read(INSTANCE, Fixture.json("{\"hello\":1}"), NOW))
                .isInstanceOf(ToMessages.Unreadable.class);
        assertThatThrownBy(() -> ToMessages.read(INSTANCE, Fixture.json("[]"), NOW))
                .isInstanceOf(ToMessages.Unreadable.class);
    }

    @Test
    void an_event_that_nobody_knows_is_ignored_with_a_reason() {
        var notice = ToMessages.read(INSTANCE, Fixture.json("{\"event\":\"moon.phase\",\"instance\":\"a\"}"), NOW);

        assertThat(notice.readings()).map(ToMessagesTest::told).containsExactly("ignored unknown_event");
    }

    private static IntakeItem said(String file) {
        Reading reading = ToMessages.read(INSTANCE, Fixture.webhookJson(file), NOW)
                .readings()
                .getFirst();
        return ((Reading.Said) reading).item();
    }

    static String told(Reading reading) {
        return switch (reading) {
            case Reading.Said(var item) when item.status() != null -> "said " + item.what() + " " + item.status();
            case Reading.Said(var item) -> "said " + item.what() + " " + (item.kind() == null ? "-" : item.kind());
            case Reading.Stands(var report) -> "stands " + report.state() + " " + report.reason();
            case Reading.Ignored(var reason) -> "ignored " + reason;
            case Reading.NotUnderstood(var reason) -> "not understood " + reason;
        };
    }
}
