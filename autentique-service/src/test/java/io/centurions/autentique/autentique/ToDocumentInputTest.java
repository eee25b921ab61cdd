package io.centurions.autentique.autentique;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.autentique.Fixture;
import io.centurions.autentique.contract.Signer;
import io.centurions.autentique.signing.SignatureProvider.Paper;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToDocumentInputTest {

    @Test
    void signers_are_addressed_as_in_the_captured_request() {
        var captured = Fixture.json("create-document-multipart")
                .path("request")
                .path("parts")
                .get(0)
                .path("value")
                .path("variables");
        var paper = new Paper(
                "Contrato demo",
                "[x]",
                new byte[0],
                List.of(
                        new Signer("Maria Teste", "maria@cliente.example", null, Signer.Delivery.EMAIL),
                        new Signer("João", null, "+5511988887777", Signer.Delivery.WHATSAPP),
                        new Signer("Testemunha Demo", null, null, Signer.Delivery.LINK)),
                Instant.parse("2026-12-20T02:59:59.999Z"));

        var variables = ToDocumentInput.variables(paper, true, new ObjectMapper());

        assertThat(variables.path("signers").get(0))
                .isEqualTo(captured.path("signers").get(0));
        assertThat(variables.path("signers").get(1).path("phone"))
                .isEqualTo(captured.path("signers").get(1).path("phone"));
        assertThat(variables.path("signers").get(1).path("delivery_method"))
                .isEqualTo(captured.path("signers").get(1).path("delivery_method"));
        assertThat(variables.path("signers").get(2).has("email")).isFalse();
        assertThat(variables.path("document").path("deadline_at"))
                .isEqualTo(captured.path("document").path("deadline_at"));
        assertThat(variables.path("document").path("stop_on_rejected").asBoolean())
                .isTrue();
        assertThat(variables.path("file").isNull()).isTrue();
        assertThat(variables.path("sandbox").asBoolean()).isTrue();
    }
}
