package io.centurions.autentique.autentique;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.autentique.Fixture;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadNoticeTest {

    private static final String DOCUMENT = Fixture.DOCUMENT;

    private final ReadNotice readNotice = new ReadNotice(new ObjectMapper());

    static List<String> webhooks() {
        return Fixture.WEBHOOKS;
    }

    @ParameterizedTest
    @MethodSource("webhooks")
    void every_captured_webhook_tells_its_document_and_its_event(String name) {
        var event = Fixture.json(name).path("event");

        var notice = (Notice.AboutDocument) readNotice.read(Fixture.bytes(name));

        assertThat(notice.document()).isEqualTo(DOCUMENT);
        assertThat(notice.eventId()).isEqualTo(event.path("id").asText());
        assertThat(notice.type()).isEqualTo(event.path("type").asText());
        assertThat(notice.occurredAt()).isEqualTo(Instant.parse("2026-11-20T08:10:00.997045Z"));
    }

    @ParameterizedTest
    @MethodSource("webhooks")
    void nothing_of_a_person_is_kept(String name) {
        var notice = (Notice.AboutDocument) readNotice.read(Fixture.bytes(name));

        assertThat(notice.kept())
                .doesNotContain("cpf", "birth", "geolocation", "192.0.2.10", "Maria", "maria@", "Aurora", "1990")
                .contains(DOCUMENT);
    }

    @Test
    void the_documents_name_carries_our_contract() {
        var contract = UUID.fromString("0198c2aa-0000-7000-8000-000000000001");
        var body = body("document.created", "{\"id\":\"d1\",\"name\":\"Proposta [" + contract + "]\"}");

        var notice = (Notice.AboutDocument) readNotice.read(body);

        assertThat(notice.reference()).isEqualTo(contract);
    }

    @Test
    void what_we_do_not_act_on_is_ignored_with_a_reason() {
        assertThat(readNotice.read(body("member.created", "{}"))).isEqualTo(new Notice.Ignored("not_about_documents"));
        assertThat(readNotice.read(body("document.teleported", "{\"id\":\"d1\"}")))
                .isEqualTo(new Notice.Ignored("unknown_event"));
    }

    @Test
    void what_cannot_be_understood_is_unreadable() {
        assertThat(readNotice.read("evento=documento.finalizado".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Notice.Unreadable());
        assertThat(readNotice.read(new byte[0])).isEqualTo(new Notice.Unreadable());
        assertThat(readNotice.read("[]".getBytes(StandardCharsets.UTF_8))).isEqualTo(new Notice.Unreadable());
        assertThat(readNotice.read(body("document.finished", "{}"))).isEqualTo(new Notice.Unreadable());
    }

    private static byte[] body(String type, String data) {
        return ("{\"object\":\"webhook\",\"event\":{\"id\":\"e1\",\"type\":\"" + type + "\",\"data\":" + data + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
