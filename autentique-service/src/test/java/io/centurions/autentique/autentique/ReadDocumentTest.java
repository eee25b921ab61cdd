package io.centurions.autentique.autentique;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.autentique.Fixture;
import io.centurions.autentique.contract.Finding;
import io.centurions.autentique.contract.SeenDocument;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReadDocumentTest {

    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

    @Test
    void a_pending_document_is_open_although_it_has_a_link_to_a_signed_file() {
        var document = captured("query-document-pending");

        assertThat(Finding.of(document, NOW)).isEqualTo(new Finding.StillOpen());
        assertThat(document.signatures()).hasSize(2);
        assertThat(document.signatures().get(1).link()).isEqualTo("https://assina.ae/DemoLink0000000001");
    }

    @Test
    void a_signed_document_is_signed() {
        assertThat(Finding.of(captured("query-document-signed"), NOW))
                .isEqualTo(new Finding.AllSigned(Instant.parse("2026-11-20T08:10:00Z")));
    }

    @Test
    void a_rejected_document_is_refused_with_the_signers_reason() {
        var document = captured("query-document-rejected");

        assertThat(Finding.of(document, NOW)).isInstanceOf(Finding.SomeoneRefused.class);
        assertThat(document.signatures().getFirst().reason()).isEqualTo("valores errados");
    }

    private static SeenDocument captured(String name) {
        return ReadDocument.of(
                Fixture.json(name).path("response").path("body").path("data").path("document"));
    }
}
